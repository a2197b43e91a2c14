import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { applyMigrations } from '@/db/apply-migrations';
import { createEmptyDatabase, dropDatabase } from '../helpers/database-server';

const name = `keydesk_migrations_${process.pid}`;
let url: string;
const clients: Client[] = [];

async function connected(): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  clients.push(client);
  return client;
}

let migrator: Client;
let other: Client;
beforeEach(async () => {
  url = await createEmptyDatabase(name);
  [migrator, other] = [await connected(), await connected()];
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.end()));
  await dropDatabase(name);
});

/** A folder of migrations, one for each list of statements. */
function folderOf(...migrations: string[][]): string {
  const folder = mkdtempSync(join(tmpdir(), 'keydesk-migrations-'));
  mkdirSync(join(folder, 'meta'));
  const entries = migrations.map((statements, idx) => {
    const tag = `000${idx}_part`;
    writeFileSync(join(folder, `${tag}.sql`), statements.join('\n--> statement-breakpoint\n'));
    return { idx, tag, when: idx + 1, version: '7', breakpoints: true };
  });
  writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify({ entries }));
  return folder;
}

const table = [
  'create table thing (id int, name text)',
  'insert into thing select n, n::text from generate_series(1, 100) n',
];
const column = ['alter table thing add column more text'];
const index = ['create unique index concurrently "thing_id" on thing (id)'];

const single = async (query: string) => Object.values((await other.query(query)).rows[0] ?? {})[0];
const applied = () => single('select count(*)::int from drizzle.__drizzle_migrations');
const isValid = () =>
  single(`select indisvalid from pg_index where indexrelid = to_regclass('thing_id')`);

/** Resolves as soon as the query answers with true. */
async function until(query: string) {
  while ((await single(query)) !== true);
}
const migratorWaits = `select count(*) > 0 from pg_stat_activity
  where datname = current_database() and wait_event_type = 'Lock' and query !~ 'pg_stat_activity'`;

it('applies each migration once, in order', async () => {
  const folder = folderOf(table, column);
  await applyMigrations(migrator, folder);
  await applyMigrations(migrator, folder);
  expect(await applied()).toBe(2);
});

it('leaves nothing of a migration that fails, and goes on from there', async () => {
  await expect(
    applyMigrations(migrator, folderOf(table, [...column, 'select 1 / 0'])),
  ).rejects.toMatchObject({ code: '22012' });
  expect(await applied()).toBe(1);
  await applyMigrations(migrator, folderOf(table, column));
  expect(await applied()).toBe(2);
});

it('gives way to readers while it waits for a lock, and tries again', async () => {
  await applyMigrations(migrator, folderOf(table));
  const [holder, reader] = [await connected(), await connected()];
  await holder.query('begin; select from thing');
  const migration = applyMigrations(migrator, folderOf(table, column));
  let longest = 0;
  // Long enough for several attempts, each of which makes readers wait behind it.
  for (let read = 0; read < 3; read++) {
    await until(migratorWaits);
    const begin = performance.now();
    await reader.query('select from thing');
    longest = Math.max(longest, performance.now() - begin);
  }
  expect(longest).toBeLessThan(1_000);
  await holder.query('commit');
  await migration;
  expect(await applied()).toBe(2);
});

it('repeats a migration that PostgreSQL ended because of a deadlock', async () => {
  await applyMigrations(migrator, folderOf(table, ['create table second (id int)']));
  // The other waits longer than the migration, which therefore is the one that notices.
  await other.query(`set deadlock_timeout = '1min'`);
  await migrator.query(`set deadlock_timeout = '10ms'`);
  const holder = await connected();
  await holder.query('begin; lock table second');
  const both = [
    'alter table thing add column more text',
    'alter table second add column more text',
  ];
  const migration = applyMigrations(
    migrator,
    folderOf(table, ['create table second (id int)'], both),
  );
  await until(migratorWaits);
  await holder.query('lock table thing in access share mode');
  await holder.query('commit');
  await migration;
  expect(await applied()).toBe(3);
});

it('makes an index that an attempt before left unfinished', async () => {
  await applyMigrations(migrator, folderOf(table, ['insert into thing values (1)']));
  const folder = folderOf(table, ['insert into thing values (1)'], index);
  await expect(applyMigrations(migrator, folder)).rejects.toMatchObject({ code: '23505' });
  expect(await isValid()).toBe(false);
  await other.query(`delete from thing where name is null`);
  await applyMigrations(migrator, folder);
  expect(await isValid()).toBe(true);
  expect(await applied()).toBe(3);
});

it('goes on at the next start after it was killed in the middle of an index', async () => {
  await applyMigrations(migrator, folderOf(table));
  const holder = await connected();
  await holder.query('begin; insert into thing values (1000)');
  const folder = folderOf(table, index);
  const killed = applyMigrations(migrator, folder).catch((error: { code?: string }) => error.code);
  await until(migratorWaits);
  await other.query(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query ~ '^create unique index'`);
  expect(await killed).toBe('57P01');
  await holder.query('rollback');
  await applyMigrations(await connected(), folder);
  expect(await isValid()).toBe(true);
  await applyMigrations(await connected(), folder);
  expect(await applied()).toBe(2);
});

it('repeats a statement in batches until nothing is left, each on its own', async () => {
  const batch = `-- in batches
    update thing set name = null
      where id in (select id from thing where name is not null limit 30)`;
  await applyMigrations(migrator, folderOf(table, [batch]));
  expect(await single('select count(*)::int from thing where name is not null')).toBe(0);
  expect(await single('select count(distinct xmin::text)::int from thing')).toBe(4);
});
