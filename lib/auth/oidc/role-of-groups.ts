import 'server-only';
import { eq, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { directoryUser } from '@/db/schema/directory-user';
import type { Role } from '@/lib/access/administrator';
import { type AuditActor, recordEvent } from '@/lib/audit/record-event';
import { endSessionsOf } from '@/lib/sessions/session';
import { userTarget } from '@/lib/users/find-user';
import type { LockedUser } from '@/lib/users/lock-user';
import { hasPassword } from './known-person';

export type RoleChange = { from: Role | null; to: Role | null; new?: true };

/**
 * Sets the role of a user to what their groups give. A new role ends every session. The last admin keeps the
 * role, because otherwise nobody could administer the desk. A user with a password here keeps a role that no
 * group gives, because a claim missing at the provider would lock everybody out.
 *
 * @returns what changed, or null
 */
export async function followGroups(
  tx: Queryable,
  { user, otherAdmins }: { user: LockedUser; otherAdmins: number },
  role: Role | null,
): Promise<RoleChange | 'last-admin' | null> {
  if (user.role === role) return null;
  if (user.role === 'admin' && otherAdmins === 0) return 'last-admin';
  if (!role && (await hasPassword(tx, user.id))) return null;
  await tx
    .update(directoryUser)
    .set({ role, updatedAt: sql`now()` })
    .where(eq(directoryUser.id, user.id));
  await endSessionsOf(tx, user.id);
  return { from: user.role, to: role };
}

/** The actor is the person who signed in, because their sign-in caused the change. */
export async function recordRole(tx: Queryable, actor: AuditActor, change: RoleChange | null) {
  if (!change || !actor.id) return;
  const { from, to } = change;
  const action = change.new ? 'administrator.create' : 'administrator.change-role';
  const details = { role: { from, to }, by: 'groups of single sign-on' };
  await recordEvent(tx, actor, action, userTarget({ ...actor, id: actor.id }), { details });
}
