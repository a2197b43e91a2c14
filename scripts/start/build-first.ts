import { isBuildNeeded } from '../build-freshness';
import { Sentence } from '../sentence';
import { supervise } from '../supervised';
import type { Running } from './running';

/** Builds if there is no build or the sources are newer. Shows the output only if the build fails. */
export async function buildFirst(running: Running): Promise<void> {
  if (!isBuildNeeded()) return;
  console.log('Building Keydesk (one to three minutes, only after a change) …');
  const build = supervise([process.execPath, '--import', 'tsx', 'scripts/build.ts'], {
    deathSignal: 'TERM',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.worker = build;
  const said: Buffer[] = [];
  build.child.stdout?.on('data', (text) => said.push(text));
  build.child.stderr?.on('data', (text) => said.push(text));
  const { code } = await build.exited;
  if (code === 0) return;
  process.stderr.write(Buffer.concat(said));
  throw new Sentence('Keydesk could not be built.');
}
