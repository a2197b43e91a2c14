import 'server-only';
import { and, desc, eq } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { session } from '@/db/schema/session';
import type { Administrator } from '@/lib/access/administrator';
import { stillMay } from '@/lib/access/still-may';
import { recordEvent } from '@/lib/audit/record-event';
import { endSessionsOf, isAlive, sessionHash, startSession } from '@/lib/sessions/session';
import { forgetBrowser } from './next-auth';
import { findVisit } from './request-origin';
import { findSessionId } from './session-cookie';

export type OwnSession = {
  handle: string;
  address: string;
  userAgent: string;
  createdAt: Date;
  lastSeenAt: Date;
  /** Whether it is the session of this browser. */
  isThis: boolean;
};

/** The sessions of this administrator, this browser's first. */
export async function listOwnSessions(administrator: Administrator): Promise<OwnSession[]> {
  const sessionId = await findSessionId();
  const own = sessionId ? sessionHash(sessionId) : Buffer.alloc(0);
  const rows = await database()
    .select({
      idHash: session.idHash,
      handle: session.handle,
      address: session.address,
      userAgent: session.userAgent,
      createdAt: session.createdAt,
      lastSeenAt: session.lastSeenAt,
    })
    .from(session)
    .where(and(eq(session.userId, administrator.id), isAlive))
    .orderBy(desc(session.lastSeenAt), desc(session.handle));
  return rows
    .map(({ idHash, ...row }) => ({ ...row, isThis: idHash.equals(own) }))
    .sort((one, other) => Number(other.isThis) - Number(one.isThis));
}

/**
 * Ends one of one's own sessions. The result is `gone` if it has already ended or belongs to somebody else.
 */
export async function endOwnSession(
  administrator: Administrator,
  handle: string,
): Promise<{ outcome: 'ended'; address: string } | { outcome: 'gone' }> {
  return database().transaction(async (tx) => {
    const [ended] = await tx
      .delete(session)
      .where(and(eq(session.handle, handle), eq(session.userId, administrator.id)))
      .returning({ address: session.address });
    if (!ended) return { outcome: 'gone' };
    const details = { address: ended.address };
    await recordEvent(tx, administrator, 'session.end', sessionTarget(administrator), { details });
    return { outcome: 'ended', address: ended.address };
  });
}

/** Ends all of one's own sessions, including this one. */
export async function signOutEverywhere(administrator: Administrator): Promise<void> {
  await database().transaction(async (tx) => {
    await endSessionsOf(tx, administrator.id);
    const target = sessionTarget(administrator);
    await recordEvent(tx, administrator, 'session.sign-out-everywhere', target);
  });
  await forgetBrowser();
}

/**
 * Ends all of one's own sessions and begins a new one for this browser. The caller must pass its id to
 * `keepSession`. For changes after which a copied cookie must no longer work.
 */
export async function renewSession(tx: Queryable, administrator: Administrator): Promise<string> {
  await stillMay(tx, administrator, null, 'no key update');
  await endSessionsOf(tx, administrator.id);
  return startSession(tx, administrator.id, await findVisit());
}

/** The audit's target of a sign-in. */
export function sessionTarget({ username }: { username: string }) {
  return { type: 'session', id: null, label: username } as const;
}
