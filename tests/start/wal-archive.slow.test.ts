import { blocksOf, blocksUnder, filledIn } from '../manual/helpers/run-block';
import { type Machine, startDebianWithPostgres } from './debian-machine';
import { until } from './processes';

// Runs the commands of docs/wal-archive.md, with the days and the moment of now, on a Debian with systemd.
jest.setTimeout(120_000);
// Only in full runs, for it needs root and mounts.
const isLeftOut = process.env.TESTS === 'slow';
const itFull = isLeftOut ? it.skip : it;
const page = 'docs/wal-archive.md';
const [folders = '', backUp = ''] = blocksOf(page, 'sh', 'Archive');
const [archive = ''] = blocksOf(page, 'text', 'Archive');
const [keepOld = '', unpack = ''] = blocksOf(page, 'sh', 'Go back to a moment');
const [restore = ''] = blocksOf(page, 'text', 'Go back to a moment');

const postgres = { user: 'postgres', cwd: '/var/lib/postgresql' };
let machine: Machine;
let version = '';

beforeAll(async () => {
  if (isLeftOut) return;
  ({ machine, version } = await startDebianWithPostgres());
});
afterAll(() => machine?.stop());

/** The page is written for one version of PostgreSQL. */
const run = (block: string, as = {}) => machine.run(block.replaceAll(/\b15\b/g, version), as);
const sql = (text: string) => machine.run(`psql -qAtc "${text}"`, postgres);
const write = (name: string, text: string) =>
  run(`cat > /etc/postgresql/15/main/conf.d/${name} <<'END'\n${text}END`);

itFull('a row of before the moment is there again, and one of after it is not', async () => {
  run(folders);
  write('archive.conf', archive);
  run('pg_ctlcluster 15 main restart');
  sql('create table kept (what text)');
  run(backUp, postgres);
  const day = machine.run('date +%F');
  sql(`insert into kept values ('before')`);
  const moment = sql(
    `set time zone 'UTC'; select to_char(clock_timestamp(), 'YYYY-MM-DD HH24:MI:SS.USOF')`,
  );
  const late = sql(`insert into kept values ('after'); select pg_walfile_name(pg_switch_wal())`);
  await until(() => sql('select last_archived_wal from pg_stat_archiver') >= late);
  expect(sql('select failed_count from pg_stat_archiver')).toBe('0');

  run(keepOld);
  run(filledIn(unpack, { '2027-01-30': day }), {
    ...postgres,
    cwd: `/var/lib/postgresql/${version}`,
  });
  write('restore.conf', filledIn(restore, { '2027-01-31 12:00:00+00': moment }));
  run('pg_ctlcluster 15 main start');
  await until(() => sql('select pg_is_in_recovery()') === 'f');
  expect(sql('select string_agg(what, chr(32)) from kept')).toBe('before');
  const log = run('cat /var/log/postgresql/postgresql-15-main.log');
  expect(log).toMatch(
    /recovery stopping before commit of transaction .*archive recovery complete/s,
  );
});

itFull('the settings under "Commits that wait for a standby" are settings of PostgreSQL', () => {
  const [block = ''] = blocksUnder('Commits that wait for a standby', 'text');
  write('two-servers.conf', `${block}synchronous_comit = on\n`);
  const found = sql(
    `select name, setting, error from pg_file_settings where sourcefile like '%two-servers.conf'`,
  );
  expect(found.split('\n')).toEqual([
    'synchronous_standby_names|ANY 1 (db2, db3)|',
    'synchronous_commit|on|',
    // Control.
    'synchronous_comit|on|unrecognized configuration parameter',
  ]);
});
