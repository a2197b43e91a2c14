import 'server-only';
import { join } from 'node:path';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import type { Client } from 'pg';
import { DatabaseUnfitError } from './database-unfit';
import { requireOwnSessions } from './own-sessions';
import { PrimaryClient } from './primary-client';
import { grantApplication, requireNoOwner } from './roles';
import { setSession } from './session';

/** Any constant works, as long as every version of Keydesk uses the same. */
const migrationLock = 7_205_150_001;
const migrationsFolder = join(process.cwd(), 'db/migrations');
const oldestServer = 150_000;

export { DatabaseUnfitError };
export class DatabaseTooOldError extends DatabaseUnfitError {}

/**
 * Brings the schema up to date. One session holds an advisory lock for the whole run, so that instances that
 * start together apply each migration once. If another role owns the tables, the application's role gets only
 * the rights it needs, which do not include changing the audit.
 *
 * @throws DatabaseTooOldError if the server is older than PostgreSQL 15
 * @throws DatabaseUnfitError if the application's role could still change audit events, or the connections
 * have no sessions of their own
 */
export async function migrateDatabase(
  connectionString = process.env.DATABASE_URL,
  ownerUrl = process.env.MIGRATE_DATABASE_URL || undefined,
): Promise<void> {
  const client = new PrimaryClient({
    connectionString: ownerUrl ?? connectionString,
    connectionTimeoutMillis: 5_000,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await requireVersion(client);
    await requireOwnSessions('DATABASE_URL', connectionString);
    if (ownerUrl) await requireOwnSessions('MIGRATE_DATABASE_URL', ownerUrl);
    await setSession(client, { application_name: 'keydesk migrate' });
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    if (!(await isCurrent(client))) await migrate(drizzle(client), { migrationsFolder });
    if (ownerUrl) await grantApplication(client, connectionString);
  } finally {
    await client.end();
  }
  if (ownerUrl) await requireNoOwner(connectionString);
}

/**
 * Checked first, because the migrator begins by creating its own table, which the application's role may not.
 */
async function isCurrent(client: Client): Promise<boolean> {
  const known = await client.query(`select to_regclass('drizzle.__drizzle_migrations') as name`);
  if (known.rows[0]?.name === null) return false;
  const { rows } = await client.query<{ newest: string | null }>(
    'select max(created_at) as newest from drizzle.__drizzle_migrations',
  );
  const newest = readMigrationFiles({ migrationsFolder }).at(-1)?.folderMillis ?? 0;
  return Number(rows[0]?.newest ?? 0) >= newest;
}

async function requireVersion(client: Client) {
  const { rows } = await client.query<{ number: number; version: string }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as version`,
  );
  if (rows[0] && rows[0].number < oldestServer) {
    throw new DatabaseTooOldError(
      `PostgreSQL ${rows[0].version} is too old: Keydesk needs PostgreSQL 15 or newer.`,
    );
  }
}
