import 'server-only';
import { and, eq, sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { directoryUser } from '@/db/schema/directory-user';
import type { Administrator } from '@/lib/access/administrator';
import { changeAs, nothing } from '@/lib/access/change-as';
import { recordEvent } from '@/lib/audit/record-event';
import { hashPassword, isPassword } from '@/lib/passwords/password';
import { passwordMessages } from '@/lib/passwords/password-messages';
import { passwordProblem } from '@/lib/passwords/password-policy';
import { findSecondFactor } from '@/lib/sessions/second-factor-of';
import { userTarget } from '@/lib/users/find-user';
import { renewSession } from './own-session';
import { type Compared, compareOwn } from './reauthentication-limit';

/**
 * Compares a password with the administrator's own and counts failures by session. A right password returns
 * the stored hash.
 *
 * @throws TooBusyError as {@link isPassword}
 */
export function checkOwnPassword(
  administrator: Administrator,
  password: string,
): Promise<Compared<string>> {
  return compareOwn(administrator, async () => {
    const [account] = await database()
      .select({ passwordHash: directoryUser.passwordHash })
      .from(directoryUser)
      .where(eq(directoryUser.id, administrator.id));
    const passwordHash = account?.passwordHash ?? null;
    return (await isPassword(password, passwordHash)) ? passwordHash : null;
  });
}

export type ChangePasswordResult =
  | { outcome: 'changed'; sessionId: string }
  | { outcome: 'weak'; because: string }
  | { outcome: 'wrong' | 'ended' | 'changed-meanwhile' };

/** Changes one's own password and signs out every other browser. This one gets a new session. */
export async function changeOwnPassword(
  administrator: Administrator,
  { current, next }: { current: string; next: string },
): Promise<ChangePasswordResult> {
  const because = await refusePassword(administrator, current, next);
  if (because) return { outcome: 'weak', because };
  const checked = await checkOwnPassword(administrator, current);
  if (checked.outcome !== 'right') {
    await recordRefusal(administrator);
    return checked;
  }
  const passwordHash = await hashPassword(next);
  const own = { own: 'no key update' } as const;
  type Result = Promise<ChangePasswordResult>;
  return changeAs(
    administrator,
    null,
    nothing,
    async (tx, by): Result => {
      const changed = await tx
        .update(directoryUser)
        .set({ passwordHash, oneTimeUntil: null, updatedAt: sql`now()` })
        .where(
          and(
            eq(directoryUser.id, administrator.id),
            eq(directoryUser.passwordHash, checked.found),
            eq(directoryUser.active, true),
          ),
        )
        .returning({ id: directoryUser.id });
      if (changed.length === 0) return { outcome: 'changed-meanwhile' };
      const sessionId = await renewSession(tx, by);
      await recordEvent(tx, by, 'account.change-password', userTarget(by));
      return { outcome: 'changed', sessionId };
    },
    own,
  );
}

async function refusePassword({ id, username }: Administrator, current: string, next: string) {
  if (next.normalize('NFC') === current.normalize('NFC')) return passwordMessages.same;
  const factor = await findSecondFactor(id);
  return passwordProblem(next, { username, hasSecondFactor: factor !== null });
}

async function recordRefusal(administrator: Administrator) {
  const target = userTarget(administrator);
  const refused = { outcome: 'refused' } as const;
  await database().transaction((tx) =>
    recordEvent(tx, administrator, 'account.change-password', target, refused),
  );
}
