import 'server-only';
import { join } from 'node:path';
import type { Client } from 'pg';
import { applyMigrations } from './apply-migrations';
import { DatabaseUnfitError } from './database-unfit';
import { requireOwnSessions } from './own-sessions';
import { PrimaryClient } from './primary-client';
import { grantApplication, requireNoOwner } from './roles';
import { setSession } from './session';
import { grantVerification } from './verify-role';

/** Any constant works, as long as every version of Keydesk uses the same. */
const migrationLock = 7_205_150_001;
const migrationsFolder = join(process.cwd(), 'db/migrations');
const oldestServer = 150_000;

export { DatabaseUnfitError };
export class DatabaseTooOldError extends DatabaseUnfitError {}

/**
 * Brings the schema up to date. One session holds an advisory lock for the whole run, so that instances that
 * start together apply each migration once. If another role owns the tables, the application's role gets only
 * the rights it needs, which do not include changing the audit. So does the role of verification, if there is one.
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
    await setSession(client, { application_name: 'keydesk migrate' }, true);
    await takeLock(client);
    await applyMigrations(client, migrationsFolder);
    if (ownerUrl) await grantApplication(client, connectionString);
    await grantVerification(client);
  } finally {
    await client.end();
  }
  if (ownerUrl) await requireNoOwner(connectionString);
}

/**
 * Waits in many statements, because a statement that waits in PostgreSQL has a snapshot, and CREATE INDEX CONCURRENTLY
 * of the instance that holds the lock would wait for its end.
 */
async function takeLock(client: Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query('select pg_try_advisory_lock($1) as taken', [
      migrationLock,
    ]);
    if (rows[0].taken) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
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
