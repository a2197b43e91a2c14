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
  /** Whether it is the one of the browser that asks. */
  isThis: boolean;
};

/** Where this administrator is signed in, this browser first. */
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

/** Ends one of one's own sessions; one that has ended already, or is another's, is `gone`. */
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

/** Ends every session of one's own, this one too. */
export async function signOutEverywhere(administrator: Administrator): Promise<void> {
  await database().transaction(async (tx) => {
    await endSessionsOf(tx, administrator.id);
    const target = sessionTarget(administrator);
    await recordEvent(tx, administrator, 'session.sign-out-everywhere', target);
  });
  await forgetBrowser();
}

/**
 * Ends every session of one's own and begins one for this browser, which must then be told with
 * `keepSession`. For changes that a thief with a copied cookie must not survive.
 */
export async function renewSession(tx: Queryable, administrator: Administrator): Promise<string> {
  await stillMay(tx, administrator, null, 'no key update');
  await endSessionsOf(tx, administrator.id);
  return startSession(tx, administrator.id, await findVisit());
}

/** How the audit names a sign-in. */
export function sessionTarget({ username }: { username: string }) {
  return { type: 'session', id: null, label: username } as const;
}
