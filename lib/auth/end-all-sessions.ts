import 'server-only';
import { database, type Queryable } from '@/db/client';
import { pendingSignIn, session } from '@/db/schema/session';
import { type AuditActor, recordEvent } from '@/lib/audit/record-event';

/**
 * Ends all sessions of all users, and all sign-ins that wait for a code.
 *
 * @param within the transaction to be part of
 * @returns how many sessions were ended
 */
export function endAllSessions(actor: AuditActor, within?: Queryable): Promise<number> {
  const end = async (tx: Queryable) => {
    const ended = await tx.delete(session).returning({ userId: session.userId });
    await tx.delete(pendingSignIn);
    const target = { type: 'session', id: null, label: 'everybody' } as const;
    const details = { sessions: ended.length };
    await recordEvent(tx, actor, 'session.sign-out-everywhere', target, { details });
    return ended.length;
  };
  return within ? end(within) : database().transaction(end);
}
