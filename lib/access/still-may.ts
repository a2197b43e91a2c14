import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { directoryUser } from '@/db/schema/directory-user';
import { accessMessages } from './access-messages';
import { ForbiddenError, hasRole, type Role } from './administrator';

/** Whoever acts: an administrator, or, without an id, the command line, which is nobody in the directory. */
export type Acting = { id: string | null; role: Role };

/**
 * Many changes of one administrator share their row. Who changes the row itself, or counts under it, has
 * it alone from the beginning: two that share it and then want it alone wait for each other.
 */
export type OwnLock = 'share' | 'no key update';

/**
 * Whether who acts still may, at the moment of writing: their own row, locked until the end of the
 * transaction, so that they are neither disabled nor given another role, nor their password handed out,
 * before our commit. Without a role (null) it is asked only whether they still may sign in at all.
 *
 * Rows are locked in this order: users whom the change concerns, in the order of ids, and where they
 * have a role one's own row among them (`lockUser`); keys in the order of ids; one's own row; last the
 * head of the audit. One's own row is late, so that who waits for a key can be disabled at once, and is
 * refused then. Where somebody is disabled who just changes a key of their own, the two may wait for
 * each other: `changeAs` begins again.
 *
 * @returns who acts, with the role that they have now
 * @throws ForbiddenError where they may not any more
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
