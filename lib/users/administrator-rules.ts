import 'server-only';
import type { Actor } from '@/lib/access/actor';
import { hasRole } from '@/lib/access/administrator';
import { requireReauthentication } from '@/lib/access/reauthentication';
import { isService } from '@/lib/access/service';
import type { Locked, LockedUser } from './lock-user';

/** Why a user with a role must not be changed by this administrator in this way. */
export type RoleRefusal = 'needs-admin' | 'oneself' | 'last-admin';

/** Users with a role are administrators; an operator who changed them would rise above their own. */
export function refuseChange(actor: Actor, user: Pick<LockedUser, 'role'>): RoleRefusal | null {
  return user.role !== null && !hasRole(actor, 'admin') ? 'needs-admin' : null;
}

/** Whether a screen offers to change this user: nothing is offered that would be refused. */
export const mayChangeUser = (actor: Actor, user: Pick<LockedUser, 'role'>) =>
  hasRole(actor, 'operator') && refuseChange(actor, user) === null;

/**
 * Why a screen does not offer to disable or delete this user. Whether they are the last active admin need
 * not be asked: then they are whoever looks, or whoever looks is no admin.
 */
export function refuseOffer(
  actor: Actor,
  user: Pick<LockedUser, 'id' | 'role'>,
): RoleRefusal | null {
  return refuseChange(actor, user) ?? (user.id === actor.id ? 'oneself' : null);
}

export const mayRemoveUser = (actor: Actor, user: Pick<LockedUser, 'id' | 'role'>) =>
  hasRole(actor, 'operator') && refuseOffer(actor, user) === null;

/**
 * The same once the rows are locked, for the administrator as they are now.
 *
 * @throws ReauthenticationRequiredError where an admin has not proved lately who they are
 */
export function refuseLockedChange(
  actor: Actor,
  { user }: { user: Pick<LockedUser, 'role'> },
): RoleRefusal | null {
  const refusal = refuseChange(actor, user);
  if (user.role !== null && !refusal && !isService(actor)) requireReauthentication(actor);
  return refusal;
}

/** Whether access may be taken from a user, by disabling or deleting: somebody must stay in charge. */
export function refuseRemoval(actor: Actor, locked: Locked): RoleRefusal | null {
  const { user, otherAdmins } = locked;
  if (user.role === 'admin' && user.active && otherAdmins === 0) return 'last-admin';
  if (user.id === actor.id) return 'oneself';
  return refuseLockedChange(actor, locked);
}
