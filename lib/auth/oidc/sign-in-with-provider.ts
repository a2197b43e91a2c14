import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { type Queryable, unconfirmedDatabase } from '@/db/client';
import type { Administrator } from '@/lib/access/administrator';
import { type AuditActor, recordEvent } from '@/lib/audit/record-event';
import { findSecondFactor } from '@/lib/sessions/second-factor-of';
import {
  endSessionsOf,
  noteReauthentication,
  proofMinutes,
  startSession,
} from '@/lib/sessions/session';
import { keepKnownSource } from '../known-source';
import { startPendingSignIn } from '../pending-sign-in';
import type { Visit } from '../sign-in';
import { subjectsOf } from '../sign-in-subjects';
import { lockKnownPerson, makePerson } from './known-person';
import { mappedRole } from './mapped-role';
import type { ProviderPerson } from './provider-person';
import type { ProviderProblem } from './provider-problem';
import { followGroups, type RoleChange, recordRole } from './role-of-groups';

/** A session whose owner was sent to the provider to re-authenticate. */
export type Reauthentication = { sessionId: string; owner: Pick<Administrator, 'id' | 'username'> };

export type ProviderSignInResult =
  | { outcome: 'signed-in'; sessionId: string }
  | { outcome: 'code-needed'; pendingId: string }
  | { outcome: 'refused'; because: ProviderProblem };

type Arrival = { person: ProviderPerson; visit: Visit; reauthentication: Reauthentication | null };
type User = { id: string; username: string };

/**
 * Signs in a person whom the provider has identified: the user bound to that identity, or a new one. Their
 * present groups decide their role.
 */
export async function signInWithProvider(arrival: Arrival): Promise<ProviderSignInResult> {
  return unconfirmedDatabase().transaction(async (tx) => {
    const known = await lockKnownPerson(tx, arrival.person);
    const misfit = arrival.reauthentication && misfitOf(arrival, known);
    if (misfit) return refuse(tx, arrival, misfit);
    if (known === 'gone') return refuse(tx, arrival, 'disabled');
    if (!known) return welcome(tx, arrival);
    const { user } = known;
    if (!user.active) return refuse(tx, arrival, 'disabled', user);
    const role = mappedRole(arrival.person.groups);
    const followed = await followGroups(tx, known, role);
    if (followed === 'last-admin') return refuse(tx, arrival, followed, user);
    if (!role) return refuse(tx, arrival, 'no-group', user, followed);
    return completeSignIn(tx, arrival, user, followed);
  });
}

const sessionTarget = ({ username }: { username: string }) =>
  ({ type: 'session', id: null, label: username }) as const;

type Known = Awaited<ReturnType<typeof lockKnownPerson>>;

/** The person must be the owner of the session and must have been asked just now. */
function misfitOf({ person, reauthentication }: Arrival, known: Known): ProviderProblem | null {
  const isSame = known && known !== 'gone' && known.user.id === reauthentication?.owner.id;
  if (!isSame) return 'other-person';
  const age = Date.now() / 1_000 - (person.authTime ?? 0);
  return age < proofMinutes * 60 ? null : 'not-fresh';
}

/** The first sign-in. Nothing is stored about a person whose groups give no role. */
async function welcome(tx: Queryable, arrival: Arrival): Promise<ProviderSignInResult> {
  const role = mappedRole(arrival.person.groups);
  if (!role) return refuse(tx, arrival, 'no-group');
  const made = await makePerson(tx, arrival.person, role);
  if (typeof made === 'object')
    return completeSignIn(tx, arrival, made, { from: null, to: role, new: true });
  // Perhaps the same person signs in twice at once, and the other request was first.
  const known = made === 'name-taken' ? await lockKnownPerson(tx, arrival.person) : null;
  if (!known || known === 'gone') return refuse(tx, arrival, made);
  return completeSignIn(tx, arrival, known.user, null);
}

async function completeSignIn(
  tx: Queryable,
  { person, visit, reauthentication }: Arrival,
  user: User,
  change: RoleChange | null,
): Promise<ProviderSignInResult> {
  const actor = { ...user, address: visit.address };
  const provedAt = provedAtSql(person);
  if (!reauthentication && (await findSecondFactor(user.id, tx))) {
    const pendingId = await startPendingSignIn(tx, user.id, 'single sign-on');
    await recordRole(tx, actor, change);
    return { outcome: 'code-needed', pendingId };
  }
  // A changed role has ended every session, including this one.
  const sessionId =
    reauthentication && !change
      ? await noteReauthentication(tx, reauthentication.sessionId, provedAt)
      : await startSession(tx, user.id, visit, provedAt);
  await recordRole(tx, actor, change);
  if (!reauthentication) await keepKnownSource(tx, await subjectsOf(tx, { ...visit, ...user }));
  const action = reauthentication ? 'session.prove' : 'session.sign-in';
  await recordEvent(tx, actor, action, sessionTarget(user), { details: { by } });
  return { outcome: 'signed-in', sessionId };
}

const by = 'single sign-on';

/**
 * When the provider last asked the person, which may be long ago. An open session there does not show who
 * uses the browser now.
 */
function provedAtSql({ authTime }: ProviderPerson): SQL {
  return sql`least(now(), to_timestamp(${authTime ?? 0}::double precision))`;
}

async function refuse(
  tx: Queryable,
  { person, visit, reauthentication }: Arrival,
  because: ProviderProblem,
  user?: User,
  change: RoleChange | null = null,
): Promise<ProviderSignInResult> {
  const { address } = visit;
  const who: AuditActor = reauthentication
    ? { ...reauthentication.owner, address }
    : { id: user?.id ?? null, username: user?.username ?? 'unknown', address };
  if (user) await endSessionsOf(tx, user.id);
  if (user) await recordRole(tx, { ...user, address }, change);
  const { subject, issuer } = person;
  // An admin needs these to link the two, or to see who tries.
  const details = { by, because, issuer, subject, username: person.username.slice(0, 64) };
  const action = reauthentication ? 'session.prove' : 'session.sign-in';
  await recordEvent(tx, who, action, sessionTarget(who), { outcome: 'refused', details });
  return { outcome: 'refused', because };
}
