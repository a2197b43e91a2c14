import 'server-only';
import { database } from '@/db/client';
import type { Administrator } from '@/lib/access/administrator';
import { changeAs, nothing } from '@/lib/access/change-as';
import { requireReauthentication } from '@/lib/access/reauthentication';
import { recordEvent } from '@/lib/audit/record-event';
import { passwordProblem } from '@/lib/passwords/password-policy';
import { forgetSecondFactor } from '@/lib/sessions/second-factor-of';
import { userTarget } from '@/lib/users/find-user';
import { hasPassword } from '../oidc/known-person';
import { checkOwnPassword } from '../own-password';
import { renewSession } from '../own-session';

export type RemoveSecondFactorResult =
  | { outcome: 'removed'; sessionId: string }
  | { outcome: 'weak-password' | 'wrong' | 'ended' | 'gone' };

/**
 * Removes one's own second factor. A short password was enough beside it, but alone it must be long. Only the
 * password itself shows its length, so it is asked for. A user without a password has just re-authenticated
 * at the provider.
 */
export async function removeOwnSecondFactor(
  administrator: Administrator,
  password: string,
): Promise<RemoveSecondFactorResult> {
  requireReauthentication(administrator);
  if (await hasPassword(database(), administrator.id)) {
    const checked = await checkOwnPassword(administrator, password);
    if (checked.outcome !== 'right') return checked;
    if (passwordProblem(password, administrator) !== null) return { outcome: 'weak-password' };
  }
  type Result = Promise<RemoveSecondFactorResult>;
  const own = { own: 'no key update' } as const;
  return changeAs(
    administrator,
    null,
    nothing,
    async (tx, by): Result => {
      if (!(await forgetSecondFactor(tx, by.id))) return { outcome: 'gone' };
      const sessionId = await renewSession(tx, by);
      await recordEvent(tx, by, 'account.second-factor-off', userTarget(by));
      return { outcome: 'removed', sessionId };
    },
    own,
  );
}
