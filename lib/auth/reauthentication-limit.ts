import 'server-only';
import { and, eq, lt, sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { session } from '@/db/schema/session';
import type { Administrator } from '@/lib/access/administrator';
import { recordEvent } from '@/lib/audit/record-event';
import { endSession, sessionHash } from '@/lib/sessions/session';
import { findSessionId } from './session-cookie';

/**
 * Consecutive wrong passwords and codes after which a session ends. Counted by session, so that failed
 * sign-ins of others never stop a signed-in administrator, and a stolen session allows few guesses.
 */
export const mostFailures = 10;

export type Compared<Right> = { outcome: 'right'; found: Right } | { outcome: 'wrong' | 'ended' };

/**
 * Compares what the holder of this session typed. The attempt is counted as wrong before the comparison, so
 * that parallel guesses cannot outrun the count.
 *
 * @param compare returns a value if the answer is right, or null if it is wrong
 */
export async function compareOwn<Right>(
  administrator: Administrator,
  compare: () => Promise<Right | null>,
): Promise<Compared<Right>> {
  const sessionId = await findSessionId();
  const failures = sessionId ? await reserveProof(sessionId) : null;
  if (!sessionId || failures === null) return end(administrator, sessionId);
  const found = await compare().catch(async (error: unknown) => {
    // Nothing was compared.
    await setFailures(sessionId, sql`greatest(0, ${session.failedProofs} - 1)`);
    throw error;
  });
  if (found !== null) {
    await setFailures(sessionId, sql`0`);
    return { outcome: 'right', found };
  }
  return failures < mostFailures ? { outcome: 'wrong' } : end(administrator, sessionId);
}

/** The number of failures including this one; null if the limit was reached or the session has ended. */
async function reserveProof(sessionId: string): Promise<number | null> {
  const [reserved] = await database()
    .update(session)
    .set({ failedProofs: sql`${session.failedProofs} + 1` })
    .where(and(eq(session.idHash, sessionHash(sessionId)), lt(session.failedProofs, mostFailures)))
    .returning({ failures: session.failedProofs });
  return reserved?.failures ?? null;
}

async function setFailures(sessionId: string, failedProofs: ReturnType<typeof sql>) {
  const isThis = eq(session.idHash, sessionHash(sessionId));
  await database().update(session).set({ failedProofs }).where(isThis);
}

async function end(administrator: Administrator, sessionId: string | null) {
  const target = { type: 'session', id: null, label: administrator.username } as const;
  const details = { because: 'failed proofs', address: administrator.address };
  await database().transaction(async (tx) => {
    // Only one of several parallel guesses ends the session and records it.
    const ended = sessionId !== null && (await endSession(tx, sessionId));
    if (ended) await recordEvent(tx, administrator, 'session.end', target, { details });
  });
  return { outcome: 'ended' } as const;
}
