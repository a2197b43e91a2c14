import 'server-only';
import type { Queryable } from '@/db/client';
import { type AuditActor, recordEvent } from '@/lib/audit/record-event';
import { findOwnKeyRule } from '@/lib/keys/policy/own-key-rule';
import { findSecondFactor } from '@/lib/sessions/second-factor-of';
import { settings } from '@/lib/settings/settings';
import { userTarget } from '@/lib/users/find-user';
import type { LockedUser } from '@/lib/users/lock-user';
import type { ProviderPerson } from './provider-person';
import type { RoleChange } from './role-of-groups';
import type { LinkedUser } from './user-by-claim';

/**
 * Whether somebody to whom no group gives a role may see their own keys: a person who has no role any more, if
 * the policy lets them. Whoever keeps a role without a group signs in with a password, as an administrator.
 */
export async function mayOnlySeeOwnKeys(
  tx: Queryable,
  user: LockedUser,
  followed: RoleChange | null = null,
): Promise<boolean> {
  const role = followed ? followed.to : user.role;
  const isPerson = user.active && user.kind === 'person';
  return role === null && isPerson && (await findOwnKeyRule(tx)) !== 'off';
}

/** People without a role cannot set up a second factor here, so one that is required keeps them out. */
export async function lacksSecondFactor(tx: Queryable, userId: string): Promise<boolean> {
  return settings().REQUIRE_SECOND_FACTOR && !(await findSecondFactor(userId, tx));
}

/** The actor is the person who signed in, because their sign-in caused the link. */
export async function recordLink(
  tx: Queryable,
  user: LinkedUser,
  { issuer, subject }: ProviderPerson,
  address: string,
): Promise<void> {
  const actor: AuditActor = { ...user, address };
  const details = { issuer, subject, by: settings().OIDC_LINK_BY };
  await recordEvent(tx, actor, 'user.link', userTarget(user), { details });
}
