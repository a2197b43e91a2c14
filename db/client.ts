import 'server-only';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { type ClientBase, Pool, type PoolClient, type PoolConfig } from 'pg';
import { type SessionValues, setSession } from './session';
import { markQueryErrors, markUnanswered } from './unanswered';

markQueryErrors();

export type Database = NodePgDatabase;
/** What a query function takes: the database, or the transaction that it must be part of. */
export type Queryable = Pick<Database, 'select' | 'insert' | 'update' | 'delete' | 'execute'>;

/**
 * Limits of every connection for pages, in milliseconds. A page that waits longer than this should
 * fail and say so; nothing of ours takes a second.
 */
export const pageLimits = {
  statement_timeout: 5_000,
  lock_timeout: 2_000,
  idle_in_transaction_session_timeout: 10_000,
} satisfies SessionValues;

/** The bundles of pages and of `instrumentation.ts` are separate; the pool must not be. */
const shared = globalThis as typeof globalThis & { keydeskPool?: Pool };

/** The pool for pages and actions, opened at first use from `DATABASE_URL`. */
export function pagePool(): Pool {
  shared.keydeskPool ??= openPool(
    // What a page asks is answered before code for it would be compiled.
    { application_name: 'keydesk', ...pageLimits, jit: 'off' },
    { connectionTimeoutMillis: 2_000, max: 10 },
  );
  return shared.keydeskPool;
}

/**
 * A pool that survives the loss of its connections: without the listener the process would end. Each
 * connection has the values of its session before the first query is sent over it.
 */
export function openPool(
  session: SessionValues,
  config: PoolConfig,
  connectionString = process.env.DATABASE_URL,
): Pool {
  const onConnect = (client: ClientBase) => setSession(client, session);
  const pool = new Pool({ connectionString, keepAlive: true, onConnect, ...config });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  markConnectErrors(pool);
  return pool;
}

/** A transaction asks for its connection itself, and throws what it is told as it is. */
function markConnectErrors(pool: Pool) {
  const connect = pool.connect.bind(pool);
  type Listener = Parameters<typeof connect>[0];
  pool.connect = ((listener?: Listener) =>
    listener
      ? connect(listener)
      : connect().catch((error: unknown): PoolClient => {
          throw markUnanswered(error);
        })) as Pool['connect'];
}

export function database(): Database {
  return drizzle(pagePool());
}

/**
 * A query that is asked again and again: its text is made once, and each connection parses it once, under
 * the name that `build` prepares it by. What differs from call to call is a placeholder.
 */
export function prepared<Query>(build: (database: Database) => Query): () => Query {
  let made: { pool: Pool; query: Query } | undefined;
  return () => {
    const pool = pagePool();
    if (made?.pool !== pool) made = { pool, query: build(database()) };
    return made.query;
  };
}

/** Ends the page pool; the next use opens a new one. */
export async function closeDatabase(): Promise<void> {
  const pool = shared.keydeskPool;
  delete shared.keydeskPool;
  await pool?.end();
}
