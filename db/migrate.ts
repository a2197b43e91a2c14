import 'server-only';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Client } from 'pg';

/** Any constant will do, as long as every version of Keydesk uses the same. */
const migrationLock = 7_205_150_001;
const oldestServer = 150_000;

export class DatabaseTooOldError extends Error {}

/**
 * Brings the schema up to date. One session holds an advisory lock around the whole run, so that
 * instances that start together apply each migration once.
 *
 * @throws DatabaseTooOldError where the server is older than PostgreSQL 15
 */
export async function migrateDatabase(connectionString = process.env.DATABASE_URL): Promise<void> {
  const client = new Client({
    connectionString,
    application_name: 'keydesk migrate',
    connectionTimeoutMillis: 5_000,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await requireVersion(client);
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await migrate(drizzle(client), { migrationsFolder: join(process.cwd(), 'db/migrations') });
  } finally {
    await client.end();
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
