import 'server-only';
import { eq, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { directoryUser } from '@/db/schema/directory-user';
import type { Administrator, Role } from '@/lib/access/administrator';
import { recordEvent } from '@/lib/audit/record-event';
import { forgetSecondFactor } from '@/lib/sessions/second-factor-of';
import { endSessionsOf } from '@/lib/sessions/session';
import { type RoleRefusal, refuseRemoval } from '@/lib/users/administrator-rules';
import { hasKeys, userTarget } from '@/lib/users/find-user';
import { changeUserAs, type LockedUser } from '@/lib/users/lock-user';
import { countServices } from '@/lib/users/responsible';

export type ChangeAdministratorResult =
  | { outcome: 'changed' | 'unchanged' | 'gone' }
  /** Nothing was changed, because their keys or services must be decided about first. See `disableUser`. */
  | { outcome: 'has-keys' }
  | { outcome: 'refused'; because: RoleRefusal };

/** Changes or removes a role. In both cases the administrator is signed out everywhere. */
export async function changeRole(
  administrator: Administrator,
  { id, role }: { id: string; role: Role | null },
): Promise<ChangeAdministratorResult> {
  return changeLocked(administrator, id, async (tx, user) => {
    if (user.role === role) return 'unchanged';
    const access = role ? { role } : { role, passwordHash: null, oneTimeUntil: null };
    if (!role) await forgetSecondFactor(tx, id);
    await tx
      .update(directoryUser)
      .set({ ...access, updatedAt: sql`now()` })
      .where(eq(directoryUser.id, id));
    const details = { role: { from: user.role, to: role } };
    await recordEvent(tx, administrator, 'administrator.change-role', userTarget(user), {
      details,
    });
    return 'changed';
  });
}

/** Enables an administrator, or disables them and signs out their browsers at once. */
export async function setAdministratorActive(
  administrator: Administrator,
  { id, active }: { id: string; active: boolean },
): Promise<ChangeAdministratorResult> {
  return changeLocked(administrator, id, async (tx, user) => {
    if (user.active === active) return 'unchanged';
    if (!active && ((await hasKeys(tx, id)) || (await countServices(tx, id)) > 0))
      return 'has-keys';
    await tx
      .update(directoryUser)
      .set({ active, updatedAt: sql`now()` })
      .where(eq(directoryUser.id, id));
    const action = active ? 'user.enable' : 'user.disable';
    await recordEvent(tx, administrator, action, userTarget(user));
    return 'changed';
  });
}

type Change = (tx: Queryable, user: LockedUser) => Promise<'changed' | 'unchanged' | 'has-keys'>;

/** The only function that changes another administrator. It runs while they and every admin are locked. */
async function changeLocked(
  administrator: Administrator,
  id: string,
  change: Change,
): Promise<ChangeAdministratorResult> {
  type Result = Promise<ChangeAdministratorResult>;
  return changeUserAs(administrator, 'admin', { id }, async (tx, by, locked): Result => {
    if (!locked.user.role) return { outcome: 'gone' };
    const because = refuseRemoval(by, locked);
    if (because) return { outcome: 'refused', because };
    const outcome = await change(tx, locked.user);
    if (outcome === 'changed') await endSessionsOf(tx, id);
    return { outcome };
  });
}
