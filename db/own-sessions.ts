import 'server-only';
import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { DatabaseUnfitError } from './database-unfit';
import { PrimaryClient } from './primary-client';
import { askInTime, socketOf } from './session';

/** Sequential and parallel checks, because an idle pooler gives one session to both clients in turn. */
const looks = 4;

const look = `select pg_backend_pid()::text as pid, current_setting('keydesk.session', true) as mark`;

/**
 * Checks that each connection has a session of its own. Session values must not reach other connections, and
 * prepared statements and locks must still exist at the next statement.
 *
 * @param setting the name of the setting that holds the address, for the message
 * @throws DatabaseUnfitError if the address is that of a pooler of transactions or statements, or of one that
 * leaves session values to the next client
 */
export async function requireOwnSessions(
  setting: 'DATABASE_URL' | 'MIGRATE_DATABASE_URL',
  connectionString?: string,
): Promise<void> {
  const marks = [randomUUID(), randomUUID()];
  const areOwn = (clients: Client[]) => haveOwnSessions(clients, marks);
  if (!(await withClients(connectionString, areOwn))) {
    throw new DatabaseUnfitError(
      `${setting} leads to a pooler that gives a session to one transaction at a time. Let it pool sessions (pool_mode = session in PgBouncer), or name PostgreSQL itself.`,
    );
  }
  const areFresh = (clients: Client[]) => haveNone(clients, marks);
  if (!(await withClients(connectionString, areFresh))) {
    throw new DatabaseUnfitError(
      `${setting} leads to a pooler that leaves the values of a session to the next client. Let it reset them (server_reset_query = DISCARD ALL in PgBouncer).`,
    );
  }
}

async function withClients(
  connectionString: string | undefined,
  ask: (clients: Client[]) => Promise<boolean>,
): Promise<boolean> {
  const clients = [1, 2].map(
    () => new PrimaryClient({ connectionString, connectionTimeoutMillis: 5_000 }),
  );
  try {
    for (const client of clients) await client.connect();
    const answer = await ask(clients);
    // A pooler gives on only a session that was left properly.
    if (answer) for (const client of clients) await client.end();
    return answer;
  } finally {
    for (const client of clients) socketOf(client)?.destroy();
  }
}

async function haveNone(clients: Client[], marks: string[]): Promise<boolean> {
  const found = await Promise.all(clients.map((client) => askInTime(client, look)));
  return found.every(({ mark }) => !marks.includes(mark ?? ''));
}

async function haveOwnSessions(clients: Client[], marks: string[]): Promise<boolean> {
  const own: Record<string, string | null>[] = [];
  for (const [at, client] of clients.entries()) {
    own.push(
      await askInTime(
        client,
        `select pg_backend_pid()::text as pid, set_config('keydesk.session', '${marks[at]}', false) as mark`,
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
