/**
 * `npm run bench -- verify`: verification against a bare node:http server, in the same run. Ratios
 * are what counts: generator, server and database share the machine. Needs nothing but `npm ci`;
 * with `BENCH_DATABASE_URL` it uses that server and keeps what it filled for the next run.
 */
import { mkdirSync } from 'node:fs';
import { benchVerify } from '../tests/bench/verify';

const folder = 'node_modules/.cache/keydesk/bench';
mkdirSync(folder, { recursive: true });
const [subject] = process.argv.slice(2);
if (subject !== 'verify') {
  console.error('Say what to measure: npm run bench -- verify');
  process.exit(2);
}
await benchVerify(folder);
process.exit(0);
