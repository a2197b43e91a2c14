import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import type { Administrator } from '@/lib/access/administrator';
import { type AuditActor, recordEvent } from '@/lib/audit/record-event';
import { findSecondFactor } from '@/lib/sessions/second-factor-of';
import { endSessionsOf, noteReauthentication, startSession } from '@/lib/sessions/session';
import { keepKnownSource } from '../known-source';
import { startPendingSignIn } from '../pending-sign-in';
import type { Visit } from '../sign-in';
import { subjectsOf } from '../sign-in-subjects';
import { recordLink } from './own-keys-sign-in';
import type { ProviderPerson } from './provider-person';
import type { ProviderProblem } from './provider-problem';
import { type RoleChange, recordRole } from './role-of-groups';
import type { NotLinked } from './user-by-claim';

/** A session whose owner was sent to the provider to re-authenticate. */
export type Reauthentication = { sessionId: string; owner: Pick<Administrator, 'id' | 'username'> };

export type ProviderSignInResult =
  | { outcome: 'signed-in'; sessionId: string }
  | { outcome: 'code-needed'; pendingId: string }
  | { outcome: 'refused'; because: ProviderProblem };

export type Arrival = {
  person: ProviderPerson;
  visit: Visit;
  reauthentication: Reauthentication | null;
};
export type User = { id: string; username: string };

const sessionTarget = ({ username }: { username: string }) =>
  ({ type: 'session', id: null, label: username }) as const;

/** What a sign-in has changed besides. */
export type News = { change?: RoleChange | null; isLinked?: boolean };

async function recordNews(tx: Queryable, { person, visit }: Arrival, user: User, news: News) {
  const { address } = visit;
  if (news.isLinked) await recordLink(tx, user, person, address);
  await recordRole(tx, { id: user.id, username: user.username, address }, news.change ?? null);
}

/** Begins the session, or asks for the code first. */
export async function completeSignIn(
  tx: Queryable,
  arrival: Arrival,
  user: User,
  news: News = {},
): Promise<ProviderSignInResult> {
  const { person, visit, reauthentication } = arrival;
  const actor = { ...user, address: visit.address };
  const provedAt = provedAtSql(person);
  if (!reauthentication && (await findSecondFactor(user.id, tx))) {
    const pendingId = await startPendingSignIn(tx, user.id, 'single sign-on');
    await recordNews(tx, arrival, user, news);
    return { outcome: 'code-needed', pendingId };
  }
  // A changed role has ended every session, including this one.
  const sessionId =
    reauthentication && !news.change
      ? await noteReauthentication(tx, reauthentication.sessionId, provedAt)
      : await startSession(tx, user.id, visit, provedAt);
  await recordNews(tx, arrival, user, news);
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

/** Refuses, ends the sessions of a known user, and writes down why. */
export async function refuse(
  tx: Queryable,
  arrival: Arrival,
  because: ProviderProblem,
  { user, why, ...news }: News & { user?: User; why?: NotLinked } = {},
): Promise<ProviderSignInResult> {
  const { person, visit, reauthentication } = arrival;
  const { address } = visit;
  const who: AuditActor = reauthentication
    ? { ...reauthentication.owner, address }
    : { id: user?.id ?? null, username: user?.username ?? 'unknown', address };
  if (user) await endSessionsOf(tx, user.id);
  if (user) await recordNews(tx, arrival, user, news);
  const { subject, issuer } = person;
  // An admin needs these to link the two, or to see who tries.
  const username = person.username.slice(0, 64);
  const details = { by, because, ...(why && { why }), issuer, subject, username };
  const action = reauthentication ? 'session.prove' : 'session.sign-in';
  await recordEvent(tx, who, action, sessionTarget(who), { outcome: 'refused', details });
  return { outcome: 'refused', because };
}
