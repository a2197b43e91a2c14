import 'server-only';
import type { NodePgDatabase as Database } from 'drizzle-orm/node-postgres';

/** Values of PostgreSQL's `synchronous_commit` for the transaction of an audit event. */
type CommitMode = 'off' | 'local' | 'default';

/** The mode of each transaction whose beginner chose one, noting that it was asked for. */
const modes = new WeakMap<object, () => CommitMode>();

/**
 * What the commit of an audit event waits for while it holds the lock of all audit events: nothing if it is confirmed
 * afterwards, and everything if nobody chose.
 */
export function commitMode(tx: object): CommitMode {
  return modes.get(tx)?.() ?? 'default';
}

/**
 * Calls what `prepare` returned after the commit of each transaction with an audit event. Such a transaction releases its locks as
 * soon as its commit is in memory, and many wait together until they are durable. Otherwise each audit event would
 * wait until the one before it is on the disk and on the standby.
 */
export function confirming(
  database: Database,
  prepare: () => Promise<() => Promise<void>>,
): Database {
  const begin = database.transaction.bind(database);
  database.transaction = async (change, config) => {
    const prepared = prepare();
    let confirm: (() => Promise<void>) | undefined;
    let isDue = false;
    const choose = () => {
      isDue = true;
      return 'off' as const;
    };
    const result = await begin(async (tx) => {
      const changed = await change(noted(tx, choose));
      if (isDue) confirm = await prepared;
      return changed;
    }, config);
    await confirm?.();
    return result;
  };
  return database;
}

/** Lets the commits of audit events wait for the disk, but for no standby. */
export function withoutConfirmation(database: Database): Database {
  const begin = database.transaction.bind(database);
  database.transaction = (change, config) =>
    begin((tx) => change(noted(tx, () => 'local')), config);
  return database;
}

/** Notes the savepoints too, because each is an object of its own. */
function noted<Tx extends Pick<Database, 'transaction'>>(tx: Tx, choose: () => CommitMode): Tx {
  modes.set(tx, choose);
  const begin = tx.transaction.bind(tx);
  tx.transaction = (change, config) => begin((inner) => change(noted(inner, choose)), config);
  return tx;
}
