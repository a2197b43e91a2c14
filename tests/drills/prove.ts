/**
 * `npm run prove -- upgrade`: the release before and this one on one database with a million keys, under load.
 * `npm run prove -- failover`: restarts, a lost standby and a lost primary, under load.
 * `npm run prove -- restore`: a dump restored after keys were revoked.
 * `npm run prove -- image`: the image, built from the Dockerfile without Docker. Needs root on Debian.
 *
 * Drills take minutes and are no part of `npm test`. They need `npm run build`, git and npm, and use loopback only.
 * Each prints its figures, and ends with 1 if a promise was broken.
 */
import { execFileSync } from 'node:child_process';
import { Sentence } from '../../scripts/sentence';
import { proveFailover } from './failover';
import { proveRestore } from './restore';
import { proveUpgrade } from './upgrade';

const drills = new Map<string, () => void | Promise<void>>([
  ['failover', proveFailover],
  ['image', () => void execFileSync('scripts/prove-image', { stdio: 'inherit' })],
  ['restore', proveRestore],
  ['upgrade', proveUpgrade],
]);
// Clients that a failed drill leaves open lose their server.
process.on('uncaughtException', () => undefined);
const drill = drills.get(process.argv[2] ?? '');
if (!drill) {
  console.error(`Say what to prove: npm run prove -- ${[...drills.keys()].join(' | ')}`);
  process.exit(2);
}
try {
  await drill();
} catch (error) {
  console.error(error instanceof Sentence ? error.message : error);
  process.exit(1);
}
process.exit(0);
