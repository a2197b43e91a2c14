import 'server-only';
import { drizzle } from 'drizzle-orm/node-postgres';
import { Client } from 'pg';
import { type Database, pagePool } from './client';
import { type SessionValues, setSession, socketOf } from './session';

/** Connections for transfers at most, of this process: each may be busy for minutes. */
export const mostTransfers = 4;

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

export class TooManyTransfersError extends Error {}

export type Transfer = {
  client: Client;
  database: Database;
  close(): Promise<void>;
  /** Ends what the connection is doing, at once, and the connection with it. */
  abort(): Promise<void>;
};

/** The bundles of pages and of route handlers are separate; the count must not be. */
const shared = globalThis as typeof globalThis & { keydeskTransfers?: number };

/**
 * A connection of its own for an export or import.
 *
 * @throws TooManyTransfersError where as many are under way as may be
 */
export async function openTransfer(): Promise<Transfer> {
  if ((shared.keydeskTransfers ?? 0) >= mostTransfers) throw new TooManyTransfersError();
  shared.keydeskTransfers = (shared.keydeskTransfers ?? 0) + 1;
  const client = new Client({
    connectionString: process.env.DATABASE_URL,
    keepAlive: true,
    connectionTimeoutMillis: 2_000,
  });
  client.on('error', () => undefined);
  let isOpen = true;
  const leave = () => {
    if (isOpen) shared.keydeskTransfers = (shared.keydeskTransfers ?? 1) - 1;
    isOpen = false;
  };
  try {
    await client.connect();
    await setSession(client, session);
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    return {
      client,
      database: drizzle(client),
      async close() {
        if (isOpen) await client.end().finally(leave);
      },
      async abort() {
        if (!isOpen) return;
        leave();
        await pagePool()
          .query('select pg_cancel_backend($1)', [rows[0]?.pid])
          .catch(() => undefined);
        socketOf(client)?.destroy();
      },
    };
  } catch (error) {
    leave();
    await client.end().catch(() => undefined);
    throw error;
  }
}
