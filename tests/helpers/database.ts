import { createHash } from 'node:crypto';
import { closeDatabase, pagePool } from '@/db/client';
import { dropDatabase, onServer } from './database-server';
import { useSettings } from './settings';
import { createDatabase } from './template-database';

/**
 * A database for the test file on the server of `TEST_DATABASE_URL`. It is copied from the migrated template
 * before the first test and dropped after the last.
 */
export function useTestDatabase(): void {
  const name = databaseName();

  beforeAll(async () => {
    useSettings({ DATABASE_URL: await createDatabase(name) });
  }, 60_000);

  afterAll(async () => {
    await closeDatabase();
    await dropDatabase(name);
  }, 60_000);
}

/**
 * Empties every table but that which names the database, for tests that count. It deletes rows, because truncating about forty tables takes ten
 * times as long. In the role of a replica, foreign keys require no order.
 */
export async function emptyDatabase(): Promise<void> {
  const { rows } = await pagePool().query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables
     where schemaname = 'public' and tablename <> 'database_identity'`,
  );
  const deletes = rows.map(({ name }) => `delete from ${name}`).join('; ');
  await tamper(`set local session_replication_role = replica; ${deletes}`);
}

/** Runs statements that fill tables, without the time limit of pages. */
export async function fillDatabase(statements: string): Promise<void> {
  await onServer(process.env.DATABASE_URL ?? '', statements);
}

/** Runs statements past the trigger that protects audit events, as only an owner can. */
export async function tamper(statements: string): Promise<void> {
  await pagePool().query(`
    alter table audit_event disable trigger audit_event_append_only;
    ${statements};
    alter table audit_event enable always trigger audit_event_append_only`);
}

/** Named after the worker and the file, so that two runs on one server do not collide. */
function databaseName(): string {
  const file = expect.getState().testPath ?? '';
  const mark = createHash('sha256').update(`${process.cwd()} ${file}`).digest('hex').slice(0, 10);
  return `keydesk_test_${process.env.JEST_WORKER_ID ?? '1'}_${mark}`;
}
