import 'server-only';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { DatabaseUnfitError } from './database-unfit';
import { askInTime, socketOf } from './session';

/** Sequential and parallel checks, because an idle pooler gives one session to both clients in turn. */
const looks = 4;

const look = `select pg_backend_pid()::text as pid, current_setting('keydesk.session', true) as mark`;

/**
 * Checks that each connection has a session of its own. Session values must not reach other connections, and
 * prepared statements and locks must still exist at the next statement.
 *
 * @param setting the name of the setting that holds the address, for the message
 * @throws DatabaseUnfitError if the address is that of a pooler of transactions or statements
 */
export async function requireOwnSessions(
  setting: 'DATABASE_URL' | 'MIGRATE_DATABASE_URL',
  connectionString?: string,
): Promise<void> {
  const clients = [1, 2].map(
    () => new Client({ connectionString, connectionTimeoutMillis: 5_000 }),
  );
  for (const client of clients) client.on('error', () => undefined);
  try {
    for (const client of clients) await client.connect();
    if (await haveOwnSessions(clients)) return;
  } finally {
    for (const client of clients) socketOf(client)?.destroy();
  }
  throw new DatabaseUnfitError(
    `${setting} leads to a pooler that gives a session to one transaction at a time. Let it pool sessions (pool_mode = session in PgBouncer), or name PostgreSQL itself.`,
  );
}

async function haveOwnSessions(clients: Client[]): Promise<boolean> {
  const own: Record<string, string | null>[] = [];
  for (const client of clients) {
    const mark = randomUUID();
    own.push(
      await askInTime(
        client,
        `select pg_backend_pid()::text as pid, set_config('keydesk.session', '${mark}', false) as mark`,
      ),
    );
  }
  const isOwn = async (client: Client, at: number) => {
    const found = await askInTime(client, look);
    return found.pid === own[at]?.pid && found.mark === own[at]?.mark;
  };
  for (let n = 0; n < looks; n++) {
    for (const [at, client] of clients.entries()) if (!(await isOwn(client, at))) return false;
    if ((await Promise.all(clients.map(isOwn))).includes(false)) return false;
  }
  return new Set(own.map(({ pid }) => pid)).size === clients.length;
}
