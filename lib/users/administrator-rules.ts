import 'server-only';
import { type Administrator, hasRole } from '../auth/administrator';
import { requireRecentProof } from '../auth/step-up';
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

type Locked = { user: Pick<LockedUser, 'role'>; adminIds: string[] };

/**
 * The same once the rows are locked: of two admins who take each other's role at the same moment only
 * the first does, for the other one is no admin any more.
 *
 * @throws ProofRequiredError where an admin has not proved lately who they are
 */
export function refuseLockedChange(
  administrator: Administrator,
  { user, adminIds }: Locked,
): RoleRefusal | null {
  if (user.role === null) return null;
  if (!adminIds.includes(administrator.id)) return 'needs-admin';
  requireRecentProof(administrator);
  return null;
}

/** Whether access may be taken from a user, by disabling or deleting: somebody must stay in charge. */
export function refuseRemoval(
  administrator: Administrator,
  locked: Locked & { user: LockedUser; otherAdmins: number },
): RoleRefusal | null {
  const { user, otherAdmins } = locked;
  if (user.role === 'admin' && user.active && otherAdmins === 0) return 'last-admin';
  if (user.id === administrator.id) return 'oneself';
  return refuseLockedChange(administrator, locked);
}
