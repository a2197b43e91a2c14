import 'server-only';
import { type Queryable, unconfirmedDatabase } from '@/db/client';
import { againAfterDeadlock } from '@/lib/access/change-as';
import { findOwnKeyRule } from '@/lib/keys/policy/own-key-rule';
import { proofMinutes } from '@/lib/sessions/session';
import {
  type Arrival,
  completeSignIn,
  type News,
  type ProviderSignInResult,
  refuse,
  type User,
} from './complete-sign-in';
import { bindIdentity, lockKnownPerson, makePerson } from './known-person';
import { mappedRole } from './mapped-role';
import { lacksSecondFactor, mayOnlySeeOwnKeys } from './own-keys-sign-in';
import type { ProviderProblem } from './provider-problem';
import { followGroups } from './role-of-groups';
import { findUserByClaim } from './user-by-claim';

/**
 * Signs in a person whom the provider has identified: the user bound to that identity, or a new one. Their
 * present groups decide their role.
 */
export async function signInWithProvider(arrival: Arrival): Promise<ProviderSignInResult> {
  // People who sign in at once lock themselves and the admins in different orders.
  return againAfterDeadlock(() => unconfirmedDatabase().transaction((tx) => admit(tx, arrival)));
}

async function admit(tx: Queryable, arrival: Arrival): Promise<ProviderSignInResult> {
  const known = await lockKnownPerson(tx, arrival.person);
  const misfit = arrival.reauthentication && misfitOf(arrival, known);
  if (misfit) return refuse(tx, arrival, misfit);
  if (known === 'gone') return refuse(tx, arrival, 'disabled');
  if (!known) return welcome(tx, arrival);
  const { user } = known;
  if (!user.active) return refuse(tx, arrival, 'disabled', { user });
  const role = mappedRole(arrival.person.groups);
  const followed = await followGroups(tx, known, role);
  if (followed === 'last-admin') return refuse(tx, arrival, followed, { user });
  if (role) return completeSignIn(tx, arrival, user, { change: followed });
  if (arrival.reauthentication || !(await mayOnlySeeOwnKeys(tx, user, followed))) {
    return refuse(tx, arrival, 'no-group', { user, change: followed });
  }
  return signInForOwnKeys(tx, arrival, user, { change: followed });
}

type Known = Awaited<ReturnType<typeof lockKnownPerson>>;

/** The person must be the owner of the session and must have been asked just now. */
function misfitOf({ person, reauthentication }: Arrival, known: Known): ProviderProblem | null {
  const isSame = known && known !== 'gone' && known.user.id === reauthentication?.owner.id;
  if (!isSame) return 'other-person';
  const age = Date.now() / 1_000 - (person.authTime ?? 0);
  return age < proofMinutes * 60 ? null : 'not-fresh';
}

/**
 * The first sign-in. Nothing is stored about a person whose groups give no role, unless the policy lets them see
 * the keys of a user who is theirs beyond doubt.
 */
async function welcome(tx: Queryable, arrival: Arrival): Promise<ProviderSignInResult> {
  const role = mappedRole(arrival.person.groups);
  if (!role) return welcomeOwner(tx, arrival);
  const made = await makePerson(tx, arrival.person, role);
  if (typeof made === 'object')
    return completeSignIn(tx, arrival, made, { change: { from: null, to: role, new: true } });
  // Perhaps the same person signs in twice at once, and the other request was first.
  const known = made === 'name-taken' ? await lockKnownPerson(tx, arrival.person) : null;
  if (!known || known === 'gone') return refuse(tx, arrival, made);
  return completeSignIn(tx, arrival, known.user);
}

async function welcomeOwner(tx: Queryable, arrival: Arrival): Promise<ProviderSignInResult> {
  if ((await findOwnKeyRule(tx)) === 'off') return refuse(tx, arrival, 'no-group');
  const user = await findUserByClaim(tx, arrival.person);
  if (typeof user === 'object') {
    if (await lacksSecondFactor(tx, user.id)) return refuse(tx, arrival, 'no-second-factor');
    await bindIdentity(tx, arrival.person, user.id);
    return completeSignIn(tx, arrival, user, { isLinked: true });
  }
  // Perhaps the same person signs in twice at once, and the other request was first.
  const known = await lockKnownPerson(tx, arrival.person);
  if (known && known !== 'gone' && (await mayOnlySeeOwnKeys(tx, known.user))) {
    return signInForOwnKeys(tx, arrival, known.user);
  }
  return refuse(tx, arrival, 'no-user', { why: user });
}

async function signInForOwnKeys(
  tx: Queryable,
  arrival: Arrival,
  user: User,
  news: News = {},
): Promise<ProviderSignInResult> {
  if (!(await lacksSecondFactor(tx, user.id))) return completeSignIn(tx, arrival, user, news);
  return refuse(tx, arrival, 'no-second-factor', { user, ...news });
}
