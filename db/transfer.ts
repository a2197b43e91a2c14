import 'server-only';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { Client } from 'pg';
import { type Database, pagePool, prepareConfirmation, withoutStandby } from './client';
import { confirming } from './late-commit';
import { PrimaryClient } from './primary-client';
import { type SessionValues, setSession, socketOf } from './session';
import type { Peer } from './transfer-peer';
import { takePlace } from './transfer-places';

export { mostTransfers, TooManyTransfersError } from './transfer-places';

/**
 * Limits of a connection that carries a whole table, in milliseconds. Longer than for pages, because ten
 * million rows take their time. `Peer` ends a reader or sender that stops.
 */
export const transferLimits = {
  statement_timeout: 3_600_000,
  lock_timeout: 5_000,
  idle_in_transaction_session_timeout: 120_000,
} satisfies SessionValues;

/**
 * `standard_conforming_strings`, because COPY takes no parameters and texts are literals in it. The others
 * help the planner.
 */
const session = {
  application_name: 'keydesk transfer',
  ...transferLimits,
  ...withoutStandby,
  standard_conforming_strings: 'on',
  jit: 'off',
  work_mem: '64MB',
  timezone: 'UTC',
} satisfies SessionValues;

export type Transfer = {
  client: Client;
  database: Database;
  close(): Promise<void>;
  /** Ends the running statement and the connection at once. */
  abort(): Promise<void>;
};

/**
 * Opens a connection of its own for an export or import. When its peer is ended, it is aborted and free for
 * another transfer at once.
 *
 * @param peer who sends or reads the data; nobody if it stays in the database
 * @throws TooManyTransfersError if too many transfers are running
 */
export async function openTransfer(peer?: Peer): Promise<Transfer> {
  const leave = await takePlace(peer ?? null);
  const client = new PrimaryClient({
    connectionString: process.env.DATABASE_URL,
    keepAlive: true,
    connectionTimeoutMillis: 2_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await setSession(client, session);
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    peer?.signal.throwIfAborted();
    const transfer = transferOver(client, rows[0]?.pid, leave);
    peer?.signal.addEventListener('abort', () => void transfer.abort(), { once: true });
    return transfer;
  } catch (error) {
    leave();
    await client.end().catch(() => undefined);
    throw error;
  }
}

function transferOver(client: Client, pid: number | undefined, leave: () => void): Transfer {
  let isOpen = true;
  return {
    client,
    database: confirming(drizzle(client), prepareConfirmation),
    async close() {
      if (!isOpen) return;
      isOpen = false;
      await client.end().finally(leave);
    },
    async abort() {
      if (!isOpen) return;
      isOpen = false;
      leave();
      await pagePool()
        .query('select pg_cancel_backend($1)', [pid])
        .catch(() => undefined);
      socketOf(client)?.destroy();
    },
  };
}
