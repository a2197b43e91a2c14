import 'server-only';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { type ClientBase, Pool, type PoolClient, type PoolConfig } from 'pg';
import { Confirmation } from './confirmation';
import { confirming, withoutConfirmation } from './late-commit';
import { PrimaryClient } from './primary-client';
import { type SessionValues, setSession } from './session';
import { markQueryErrors, markUnanswered } from './unanswered';

markQueryErrors();

export type Database = NodePgDatabase;
/** What a query function takes: the database, or the transaction that it must be part of. */
export type Queryable = Pick<Database, 'select' | 'insert' | 'update' | 'delete' | 'execute'>;

/**
 * Limits of every connection for pages, in milliseconds. No query of a page takes a second, so one that takes
 * longer than this should fail with a message.
 */
export const pageLimits = {
  statement_timeout: 5_000,
  lock_timeout: 2_000,
  idle_in_transaction_session_timeout: 10_000,
} satisfies SessionValues;

/**
 * A commit waits for the disk, but for no standby: nobody sees why, and no timeout ends the wait. Changes that
 * somebody is told of wait in {@link prepareConfirmation} instead.
 */
export const withoutStandby = { synchronous_commit: 'local' } satisfies SessionValues;

/** Pages and `instrumentation.ts` are bundled separately, but share the pool. */
const shared = globalThis as typeof globalThis & {
  keydeskPool?: Pool;
  keydeskConfirmation?: Confirmation;
};

/** The pool for pages and actions, opened at first use from `DATABASE_URL`. */
export function pagePool(): Pool {
  shared.keydeskPool ??= openPool(
    // Queries of pages finish before PostgreSQL could compile them.
    { application_name: 'keydesk', ...pageLimits, ...withoutStandby, jit: 'off' },
    // Idle connections keep no command running. A query that nobody awaits can open the pool again after the
    // command has closed it.
    { connectionTimeoutMillis: 2_000, max: 10, allowExitOnIdle: true },
  );
  return shared.keydeskPool;
}

/**
 * A pool that survives the loss of its connections. Without the error listeners the process would end. Each
 * connection gets its session values before the first query.
 */
export function openPool(
  session: SessionValues,
  config: PoolConfig,
  connectionString = process.env.DATABASE_URL,
): Pool {
  const onConnect = async (client: ClientBase) => void (await setSession(client, session));
  const pool = new Pool({
    Client: PrimaryClient,
    connectionString,
    keepAlive: true,
    // A restore into the same database is noticed by new connections.
    maxLifetimeSeconds: 60,
    onConnect,
    ...config,
  });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  markConnectErrors(pool);
  return pool;
}

/** Transactions connect by themselves and rethrow the error unchanged, so it is marked here. */
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

/** The database for pages and actions. What its transactions write to the audit is confirmed after the commit. */
export function database(): Database {
  return confirming(drizzle(pagePool()), prepareConfirmation);
}

/**
 * The same for sign-ins, which a standby that does not answer must not refuse. If the server is lost before the
 * standby has it, the session and its audit event are lost together.
 */
export function unconfirmedDatabase(): Database {
  return withoutConfirmation(drizzle(pagePool()));
}

/**
 * Reads what others have committed, and waits until that is durable, so that nobody is told of a change that could
 * still be lost.
 *
 * @throws NotConfirmedError if that takes too long
 */
export async function readDurable<Result>(read: () => Promise<Result>): Promise<Result> {
  const confirm = await prepareConfirmation();
  const result = await read();
  await confirm();
  return result;
}

/**
 * To be called before the commits that the returned function is to confirm.
 *
 * @returns waits until they are durable. Throws a NotConfirmedError if that takes too long, or if the server was lost
 * meanwhile
 */
export async function prepareConfirmation(): Promise<() => Promise<void>> {
  shared.keydeskConfirmation ??= new Confirmation(
    openPool(
      { application_name: 'keydesk confirmation' },
      { connectionTimeoutMillis: 2_000, max: 2, allowExitOnIdle: true },
    ),
  );
  const confirmation = shared.keydeskConfirmation;
  // A change without an audit event needs none, and one with an event is not confirmed without it.
  const witness = await confirmation.prepare().catch(() => undefined);
  return () => confirmation.confirm(witness);
}

/**
 * A query that is run often. Its text is built once, and each connection parses it once, under the name given
 * to `prepare`. Values that differ between calls are placeholders.
 */
export function prepared<Query>(build: (database: Database) => Query): () => Query {
  let made: { pool: Pool; query: Query } | undefined;
  return () => {
    const pool = pagePool();
    if (made?.pool !== pool) made = { pool, query: build(database()) };
    return made.query;
  };
}

/** Closes all connections. The next use opens new ones. */
export async function closeDatabase(): Promise<void> {
  const { keydeskPool: pool, keydeskConfirmation: confirmation } = shared;
  delete shared.keydeskPool;
  delete shared.keydeskConfirmation;
  await Promise.all([pool?.end(), confirmation?.close()]);
}
