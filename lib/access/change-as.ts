import 'server-only';
import { type Database, database, type Queryable } from '@/db/client';
import { authorize, type Role } from './administrator';
import { type Acting, type OwnLock, stillMay } from './still-may';

type Options = { own?: OwnLock; within?: Database };

/** For changes that wait for no row. */
export const nothing = async () => null;

/**
 * The transaction of every change that somebody makes. First `lock` waits for what the change is about;
 * then who makes it is looked at, for meanwhile they may have lost the right; then `change` is told who
 * they are now, and judges by that. One's own settings need no role: null.
 *
 * @throws ForbiddenError as {@link stillMay}
 */
export async function changeAs<Who extends Acting, Locked, Result>(
  acting: Who,
  role: Role | null,
  lock: (tx: Queryable) => Promise<Locked>,
  change: (tx: Queryable, by: Who, locked: Locked) => Promise<Result>,
  { own = 'share', within = database() }: Options = {},
): Promise<Result> {
  if (role) authorize(acting, role);
  return againAfterDeadlock(() =>
    within.transaction(async (tx) => {
      const locked = await lock(tx);
      return change(tx, await stillMay(tx, acting, role, own), locked);
    }),
  );
}

/** How often a transaction is run before a deadlock is a fault. */
const mostTries = 4;

/**
 * Runs a transaction again that PostgreSQL ended because it and another waited for each other. It left
 * nothing behind, and the second look may well see something else.
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
