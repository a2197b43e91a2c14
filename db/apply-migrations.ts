import 'server-only';
import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator';
import type { ClientBase } from 'pg';

/**
 * How long a statement waits for a lock, in milliseconds. All queries of the table queue up behind it meanwhile, so
 * this is also how long an upgrade may stop verification.
 */
const lockTimeout = 500;
/** Milliseconds between two attempts, in which the queue empties. */
const pause = 300;
/** Attempts of a migration. With waits and pauses this is about two minutes. */
const mostAttempts = 150;
/** Lock not available, deadlock. Another attempt may succeed. */
const passing = ['55P03', '40P01'];

/** Nobody but the migrations themselves reads this. `created_at` is the time of the file, not of the change. */
const table = 'drizzle.__drizzle_migrations';

/**
 * Applies what is new, in the order of the journal. Each migration is a transaction of its own, which is repeated if
 * it does not get its locks in time. A file whose statements say CONCURRENTLY is none: it is repeated from its
 * beginning after a failure, and therefore holds nothing but indexes. A statement marked `-- in batches` is repeated
 * until it changes no more rows.
 *
 * @param client with the lock of all migrations
 */
export async function applyMigrations(client: ClientBase, migrationsFolder: string): Promise<void> {
  const migrations = readMigrationFiles({ migrationsFolder });
  const newest = await newestOf(client);
  const missing = migrations.filter(({ folderMillis }) => folderMillis > newest);
  // The application's role could not even look whether the table is there to be made.
  if (missing.length === 0) return;
  await client.query(`
    create schema if not exists drizzle;
    create table if not exists ${table} (id serial primary key, hash text not null, created_at bigint)`);
  for (const migration of missing) await apply(client, migration);
}

async function newestOf(client: ClientBase): Promise<number> {
  const { rows } = await client.query(`select to_regclass('${table}') as name`);
  if (rows[0].name === null) return 0;
  const { rows: found } = await client.query(`select max(created_at) as newest from ${table}`);
  return Number(found[0].newest ?? 0);
}

async function apply(client: ClientBase, migration: MigrationMeta): Promise<void> {
  const run = isConcurrent(migration) ? applyConcurrently : applyInTransaction;
  for (let attempt = 1; ; attempt++) {
    try {
      return await run(client, migration);
    } catch (error) {
      const { code } = error as { code?: string };
      if (attempt === mostAttempts || !passing.includes(code ?? '')) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

const isConcurrent = ({ sql }: MigrationMeta) =>
  sql.some((statement) => /\bconcurrently\b/i.test(statement) || isInBatches(statement));
const isInBatches = (statement: string) => /^\s*-- in batches$/m.test(statement);

async function applyInTransaction(client: ClientBase, migration: MigrationMeta) {
  await client.query(`begin; set local lock_timeout = ${lockTimeout}`);
  try {
    for (const statement of migration.sql) await client.query(statement);
    await note(client, migration);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

/**
 * Each statement may have been done before, by an attempt that failed or a process that was killed. It waits for others
 * as long as it takes, because nobody waits for it.
 */
async function applyConcurrently(client: ClientBase, migration: MigrationMeta) {
  for (const statement of migration.sql) {
    if (isInBatches(statement)) {
      while (((await client.query(statement)).rowCount ?? 0) > 0);
    } else if (!(await isMade(client, statement))) {
      await client.query(statement);
    }
  }
  await note(client, migration);
}

/** Whether the index of a CREATE INDEX is there. One that is not valid was left unfinished and is dropped. */
async function isMade(client: ClientBase, statement: string): Promise<boolean> {
  const name = /create\s+(?:unique\s+)?index\s+concurrently\s+"?(\w+)"?/i.exec(statement)?.[1];
  if (!name) return false;
  const { rows } = await client.query<{ valid: boolean }>(
    'select indisvalid as valid from pg_index where indexrelid = to_regclass($1)',
    [`public.${name}`],
  );
  if (rows[0]?.valid === false) await client.query(`drop index concurrently "${name}"`);
  return rows[0]?.valid === true;
}

async function note(client: ClientBase, { hash, folderMillis }: MigrationMeta) {
  const values = [hash, folderMillis];
  await client.query(`insert into ${table} (hash, created_at) values ($1, $2)`, values);
}
