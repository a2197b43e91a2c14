import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { directoryUser } from '@/db/schema/directory-user';
import { accessMessages } from './access-messages';
import { ForbiddenError, hasRole, type Role } from './administrator';

/** An administrator, or the command line, which has no id because it is not in the directory. */
export type Acting = { id: string | null; role: Role };

/**
 * Changes by one administrator share the lock on their own row. A change of that row itself, or one that
 * counts under its lock, locks it exclusively from the start, because two transactions that first share a
 * lock and then upgrade it deadlock.
 */
export type OwnLock = 'share' | 'no key update';

/**
 * Checks at the moment of writing that the acting administrator still has the right. Locks their own row
 * until the end of the transaction, so that before the commit nobody can disable them, change their role or
 * issue a new one-time password for them. If `role` is null, it only checks that they may still sign in.
 * Rows are locked in this order: users that the change concerns, in the order of ids, including one's own row
 * if they have a role (`lockUser`); keys in the order of ids; one's own row; last the head of the audit.
 * One's own row comes late, so that an administrator who waits for a key can be disabled at once and is then
 * refused. If somebody is disabled while they change a key of their own, the two transactions may deadlock,
 * and `changeAs` repeats its own.
 *
 * @returns the acting administrator with their current role
 * @throws ForbiddenError if they may not act any more
 */
export async function stillMay<Who extends Acting>(
  tx: Queryable,
  acting: Who,
  role: Role | null,
  lock: OwnLock = 'share',
): Promise<Who> {
  if (acting.id === null) return acting;
  const [row] = await tx
    .select({ role: directoryUser.role, oneTimeUntil: directoryUser.oneTimeUntil })
    .from(directoryUser)
    .where(
      and(
        eq(directoryUser.id, acting.id),
        eq(directoryUser.active, true),
        isNull(directoryUser.deletedAt),
      ),
    )
    .for(lock);
  if (!row?.role) throw new ForbiddenError(accessMessages.needsRole(role ?? acting.role));
  const mayWork = row.oneTimeUntil === null && hasRole({ role: row.role }, role ?? 'viewer');
  if (role && !mayWork) throw new ForbiddenError(accessMessages.needsRole(role));
  return { ...acting, role: row.role };
}
