import 'server-only';
import { drizzle } from 'drizzle-orm/node-postgres';
import { Client } from 'pg';
import { type Database, pagePool } from './client';
import { type SessionValues, setSession, socketOf } from './session';
import type { Peer } from './transfer-peer';
import { takePlace } from './transfer-places';

export { mostTransfers, TooManyTransfersError } from './transfer-places';

/**
 * Limits of a connection that carries a whole table, in milliseconds. Not those of pages: ten million
 * rows take their time. A reader or sender who stands still is watched on our side.
 */
export const transferLimits = {
  statement_timeout: 3_600_000,
  lock_timeout: 5_000,
  idle_in_transaction_session_timeout: 120_000,
} satisfies SessionValues;

/** Texts are put into COPY as literals, for it takes no parameters; the rest is the planner's. */
const session = {
  application_name: 'keydesk transfer',
  ...transferLimits,
  standard_conforming_strings: 'on',
  jit: 'off',
  work_mem: '64MB',
  timezone: 'UTC',
} satisfies SessionValues;

export type Transfer = {
  client: Client;
  database: Database;
  close(): Promise<void>;
  /** Ends what the connection is doing, at once, and the connection with it. */
  abort(): Promise<void>;
};

/**
 * A connection of its own for an export or import. When its peer is ended it is aborted, and its place
 * is free at once.
 *
 * @param peer who sends or reads what it carries; nobody where it stays in the database
 * @throws TooManyTransfersError where as many are under way as may be
 */
export async function openTransfer(peer?: Peer): Promise<Transfer> {
  const leave = await takePlace(peer ?? null);
  const client = new Client({
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
    database: drizzle(client),
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
