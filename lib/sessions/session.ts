import 'server-only';
import { createHash, randomBytes } from 'node:crypto';
import { and, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import { database, prepared, type Queryable } from '@/db/client';
import { directoryUser } from '@/db/schema/directory-user';
import { pendingSignIn, session } from '@/db/schema/session';
import type { Administrator, Duty } from '@/lib/access/administrator';
import { settings } from '@/lib/settings/settings';
import { hasSecondFactor } from './second-factor-of';

/** NIST SP 800-63B AAL2 allows one hour idle and one day in all. Keydesk allows half of each. */
export const idleMinutes = 30;
export const absoluteHours = 12;
/** Minutes for which a re-authentication counts. */
export const proofMinutes = 5;

/** Uses the database's clock, which all instances share. */
export const isAlive = sql`${session.lastSeenAt} > now() - make_interval(mins => ${idleMinutes})
  and ${session.createdAt} > now() - make_interval(hours => ${absoluteHours})`;

/** Whether the session was last seen so long ago that this is written down again. */
export const isStale = sql<boolean>`${session.lastSeenAt} < now() - interval '1 minute'`;

type Visit = { address: string; userAgent: string };

/**
 * Begins a session and returns its id, which only the browser keeps. `provedAt` is the time of the last
 * re-authentication, normally now. Of somebody without a role it is a session for their own keys, for good.
 */
export async function startSession(
  tx: Queryable,
  userId: string,
  visit: Visit,
  provedAt: SQL = sql`now()`,
): Promise<string> {
  const id = randomBytes(32).toString('base64url');
  await tx.delete(session).where(and(eq(session.userId, userId), sql`not (${isAlive})`));
  await tx.insert(session).values({
    idHash: sessionHash(id),
    userId,
    address: visit.address,
    userAgent: visit.userAgent.slice(0, 300),
    provedAt,
    ownKeys: sql`(select role is null from directory_user where id = ${userId})`,
  });
  return id;
}

/** Every page runs this query. */
const sessionOwner = prepared((db) =>
  db
    .select({
      id: directoryUser.id,
      username: directoryUser.username,
      role: directoryUser.role,
      reauthenticated: sql<boolean>`${session.provedAt} > now() - make_interval(mins => ${proofMinutes})`,
      oneTime: sql<boolean>`${directoryUser.oneTimeUntil} is not null`,
      hasSecondFactor,
      stale: isStale,
    })
    .from(session)
    .innerJoin(directoryUser, eq(directoryUser.id, session.userId))
    .where(
      and(
        eq(session.idHash, sql.placeholder('idHash')),
        isAlive,
        eq(session.ownKeys, false),
        eq(directoryUser.active, true),
        isNotNull(directoryUser.role),
        isNull(directoryUser.deletedAt),
      ),
    )
    .prepare('keydesk_session_owner'),
);

/** The administrator of this live session, or null. Each call keeps the session alive. */
export async function findSessionOwner(id: string, address: string): Promise<Administrator | null> {
  const idHash = sessionHash(id);
  const [found] = await sessionOwner().execute({ idHash });
  if (!found?.role) return null;
  if (found.stale) await touch(idHash);
  const { username, role, reauthenticated } = found;
  return { id: found.id, username, role, address, reauthenticated, ...duty(found) };
}

function duty(found: { oneTime: boolean; hasSecondFactor: boolean }): { owes?: Duty } {
  if (found.oneTime) return { owes: 'new-password' };
  const lacks = settings().REQUIRE_SECOND_FACTOR && !found.hasSecondFactor;
  return lacks ? { owes: 'second-factor' } : {};
}

/**
 * Records a re-authentication and gives the session a new id, so that a copy of the old cookie no longer
 * works. The longest duration of the session stays the same.
 */
export async function noteReauthentication(
  tx: Queryable,
  id: string,
  provedAt: SQL = sql`now()`,
): Promise<string> {
  const fresh = randomBytes(32).toString('base64url');
  await tx
    .update(session)
    .set({ idHash: sessionHash(fresh), provedAt, lastSeenAt: sql`now()` })
    .where(eq(session.idHash, sessionHash(id)));
  return fresh;
}

/** Ends a session. Returns false if it had already ended. */
export async function endSession(tx: Queryable, id: string): Promise<boolean> {
  const isThis = eq(session.idHash, sessionHash(id));
  const ended = await tx.delete(session).where(isThis).returning({ userId: session.userId });
  return ended.length > 0;
}

/** Signs a user out everywhere, at the next request of each browser. Also ends sign-ins in progress. */
export async function endSessionsOf(tx: Queryable, userId: string): Promise<void> {
  await tx.delete(pendingSignIn).where(eq(pendingSignIn.userId, userId));
  await tx.delete(session).where(eq(session.userId, userId));
}

/** Keeps the session alive. */
export async function touch(idHash: Buffer) {
  await database()
    .update(session)
    .set({ lastSeenAt: sql`now()` })
    .where(eq(session.idHash, idHash));
}

export function sessionHash(id: string): Buffer {
  return createHash('sha256').update(id).digest();
}
