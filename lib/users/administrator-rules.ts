import 'server-only';
import type { Administrator } from '../auth/administrator';
import { hasRole } from '../auth/administrator';
import type { LockedUser } from './find-user';

/** Why a user with a role must not be changed by this administrator in this way. */
export type RoleRefusal = 'needs-admin' | 'oneself' | 'last-admin';

/** Users with a role are administrators; an operator who changed them would rise above their own. */
export function refuseChange(
  administrator: Administrator,
  user: Pick<LockedUser, 'role'>,
): RoleRefusal | null {
  return user.role !== null && !hasRole(administrator, 'admin') ? 'needs-admin' : null;
}

/** Whether access may be taken from a user, by disabling or deleting: somebody must stay in charge. */
export function refuseRemoval(
  administrator: Administrator,
  { user, otherAdmins }: { user: LockedUser; otherAdmins: number },
): RoleRefusal | null {
  if (user.role === 'admin' && user.active && otherAdmins === 0) return 'last-admin';
  if (user.id === administrator.id) return 'oneself';
  return refuseChange(administrator, user);
}
