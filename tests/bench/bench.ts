/**
 * `npm run bench -- verify`: verification against a bare node:http server, in the same run. Ratios
 * are what counts: generator, server and database share the machine. Needs `npm run build`;
 * with `BENCH_DATABASE_URL` it uses that server and keeps what it filled for the next run.
 * `npm run bench -- roles`: the same with 1, 2 and 4 processes of verification alone, and their processor time.
 * `npm run bench -- pages`: `/keys` in a browser and in processor time against a bare page, and verification while pages
 * are loaded; needs `npm run build`.
 * `npm run bench -- api`: creating keys by the management API, verification meanwhile, and lists against `/keys`.
 * `npm run bench -- transfer`: import and export of `BENCH_KEYS` keys, 1,000,000 without it; needs a build.
 * `npm run bench -- fill --keys N`: a desk with N keys, to be tried out.
 * `npm run bench -- lists --keys N`: the report over HTTP at that size and at 10,000 keys; needs a build.
 * `npm run bench -- idle`: verification while 100,000 unused keys are switched off; needs a build.
 */
import { mkdirSync } from 'node:fs';
import { Sentence } from '../../scripts/sentence';
import { benchApi } from './api';
import { benchFill } from './fill-desk';
import { benchIdle } from './idle';
import { benchLists } from './lists';
import { benchPages } from './pages';
import { requireBuild } from './product';
import { benchRoles } from './roles';
import { benchTransfer } from './transfer';
import { benchVerify } from './verify';

const folder = 'node_modules/.cache/keydesk/bench';
mkdirSync(folder, { recursive: true });
const subjects = new Map([
  ['verify', benchVerify],
  ['roles', benchRoles],
  ['pages', benchPages],
  ['api', benchApi],
  ['transfer', benchTransfer],
  ['fill', benchFill],
  ['lists', benchLists],
  ['idle', benchIdle],
]);
/** These measure the built product, which must exist before anything is prepared. */
const ofBuild = ['verify', 'roles', 'pages', 'api', 'transfer', 'lists', 'idle'];
const subject = process.argv[2] ?? '';
const bench = subjects.get(subject);
if (!bench) {
  console.error(`Say what to measure: npm run bench -- ${[...subjects.keys()].join(' | ')}`);
  process.exit(2);
}
try {
  if (ofBuild.includes(subject)) requireBuild();
  await bench(folder);
} catch (error) {
  if (!(error instanceof Sentence)) throw error;
  console.error(error.message);
  process.exit(1);
}
process.exit(0);
