import 'server-only';
import { type Database, database, type Queryable } from '@/db/client';
import { authorize, type Role } from './administrator';
import type { Right } from './rights';
import { type Acting, type OwnLock, stillMay } from './still-may';

type Options = {
  own?: OwnLock;
  within?: Database | undefined;
  /** Whether a failed change of a part leaves the rest of `within` as it was. Otherwise it ends all. */
  savepoint?: boolean;
};

/** The lock of changes that wait for no row. */
export const nothing = async () => null;

/**
 * The transaction of every change that an actor makes. First `lock` waits for the rows to be changed. Then the
 * actor's rights are checked again, because they may have lost them meanwhile. Then `change` runs with the
 * actor as they are now. `needed` is null for changes of one's own settings. `within` is a transaction that
 * this one becomes a part of; without a `savepoint` it costs two statements fewer, and whoever began the
 * transaction repeats it after a deadlock.
 *
 * @throws ForbiddenError as {@link stillMay}
 */
export async function changeAs<Who extends Acting, Locked, Result>(
  acting: Who,
  needed: Role | Right | null,
  lock: (tx: Queryable) => Promise<Locked>,
  change: (tx: Queryable, by: Who, locked: Locked) => Promise<Result>,
  { own = 'share', within, savepoint = true }: Options = {},
): Promise<Result> {
  if (needed) authorize(acting, needed);
  const run = async (tx: Queryable) => {
    const locked = await lock(tx);
    return change(tx, await stillMay(tx, acting, needed, own), locked);
  };
  if (within && !savepoint) return run(within);
  return againAfterDeadlock(() => (within ?? database()).transaction(run));
}

/** Attempts of a transaction, after which a deadlock counts as an error. */
const mostTries = 4;

/**
 * Repeats a transaction that PostgreSQL ended because of a deadlock. Such a transaction leaves no changes,
 * and the next attempt may read other values.
 */
export async function againAfterDeadlock<Result>(transact: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await transact();
    } catch (error) {
      if (tries === mostTries || !isDeadlock(error)) throw error;
    }
  }
}

function isDeadlock(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ((cause as { code?: unknown }).code === '40P01') return true;
  }
  return false;
}
