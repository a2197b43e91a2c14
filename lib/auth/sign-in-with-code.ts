import 'server-only';
import { unconfirmedDatabase } from '@/db/client';
import { recordEvent } from '@/lib/audit/record-event';
import { startSession } from '@/lib/sessions/session';
import { sessionTarget } from './own-session';
import { endPendingSignIn, findPendingSignIn } from './pending-sign-in';
import { takeCode } from './second-factor/check-code';
import type { Visit } from './sign-in';
import { recordSuccess, reserveAttempt } from './sign-in-throttle';
import { tellOfFailures } from './tell-of-failures';

export type CodeSignInResult =
  | { outcome: 'signed-in'; userId: string; sessionId: string }
  | { outcome: 'refused' | 'over' }
  | { outcome: 'wait'; seconds: number };

/**
 * Finishes a sign-in whose first factor was right. Codes count as attempts of the account like passwords.
 * Only a complete sign-in resets the count, so that knowing the password gives no further guesses.
 */
export async function signInWithCode(
  { pendingId, code }: { pendingId: string; code: string },
  visit: Visit,
): Promise<CodeSignInResult> {
  const pending = await findPendingSignIn(pendingId);
  if (!pending) return { outcome: 'over' };
  const { userId, username, by } = pending;
  const attempt = { ...visit, username };
  const seconds = await reserveAttempt(attempt);
  if (seconds > 0) return { outcome: 'wait', seconds };
  const actor = { id: userId, username, address: visit.address };
  return unconfirmedDatabase().transaction(async (tx): Promise<CodeSignInResult> => {
    const kind = await takeCode(tx, userId, code);
    if (!kind) {
      const more = { outcome: 'refused', details: { step: 'second factor' } } as const;
      await recordEvent(tx, actor, 'session.sign-in', sessionTarget(actor), more);
      await tellOfFailures(tx, attempt, userId);
      return { outcome: 'refused' };
    }
    // The pending sign-in has ended, because the password was changed or the account disabled.
    if (!(await endPendingSignIn(tx, pendingId))) return { outcome: 'over' };
    await recordSuccess(tx, attempt);
    const sessionId = await startSession(tx, userId, visit);
    const details = { by: `${by} and ${kind === 'app' ? 'code' : 'recovery code'}` };
    await recordEvent(tx, actor, 'session.sign-in', sessionTarget(actor), { details });
    return { outcome: 'signed-in', userId, sessionId };
  });
}
