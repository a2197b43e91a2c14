import 'server-only';
import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { database, type Queryable, unconfirmedDatabase } from '@/db/client';
import { directoryUser } from '@/db/schema/directory-user';
import { recordEvent } from '@/lib/audit/record-event';
import { namedBy } from '@/lib/lists/username';
import { isPassword } from '@/lib/passwords/password';
import { findSecondFactor } from '@/lib/sessions/second-factor-of';
import { startSession } from '@/lib/sessions/session';
import { startPendingSignIn } from './pending-sign-in';
import { recordSuccess, reserveAttempt } from './sign-in-throttle';
import { tellOfFailures } from './tell-of-failures';

export type Credentials = { username: string; password: string };
/** Where a sign-in comes from. `browser` is the id that the browser kept from an earlier sign-in. */
export type Visit = { address: string; userAgent: string; browser?: string | null };

export type SignInResult =
  | { outcome: 'signed-in'; userId: string; sessionId: string }
  | { outcome: 'code-needed'; pendingId: string }
  | { outcome: 'refused' }
  | { outcome: 'wait'; seconds: number };

/**
 * Checks a username and password. Begins a session or, with a second factor, waits for its code. Refuses an
 * unknown name, a wrong password, an expired one-time password, a disabled user and a user without a role
 * alike and in the same time.
 *
 * @throws TooBusyError as {@link isPassword}
 */
export async function signInWithPassword(
  { username, password }: Credentials,
  visit: Visit,
): Promise<SignInResult> {
  const attempt = { ...visit, username };
  const seconds = await reserveAttempt(attempt);
  if (seconds > 0) return { outcome: 'wait', seconds };
  const account = await findAccount(username);
  const matches = await isPassword(password, account?.passwordHash ?? null);
  const actor = { id: account?.id ?? null, username: account?.username ?? 'unknown' };
  const target = { type: 'session', id: null, label: actor.username } as const;
  return unconfirmedDatabase().transaction(async (tx): Promise<SignInResult> => {
    const event = { ...actor, address: visit.address };
    if (!matches || !account || !(await lockAccount(tx, account))) {
      await recordEvent(tx, event, 'session.sign-in', target, { outcome: 'refused' });
      await tellOfFailures(tx, attempt, account?.id ?? null);
      return { outcome: 'refused' };
    }
    if (await findSecondFactor(account.id, tx)) {
      return { outcome: 'code-needed', pendingId: await startPendingSignIn(tx, account.id) };
    }
    await recordSuccess(tx, attempt);
    const sessionId = await startSession(tx, account.id, visit);
    await recordEvent(tx, event, 'session.sign-in', target);
    return { outcome: 'signed-in', userId: account.id, sessionId };
  });
}

async function findAccount(username: string) {
  const { where, orderBy } = namedBy(username);
  const [account] = await database()
    .select({
      id: directoryUser.id,
      username: directoryUser.username,
      passwordHash: directoryUser.passwordHash,
    })
    .from(directoryUser)
    .where(
      and(
        where,
        eq(directoryUser.active, true),
        isNotNull(directoryUser.role),
        sql`${directoryUser.passwordHash} is not null`,
        sql`coalesce(${directoryUser.oneTimeUntil} > now(), true)`,
      ),
    )
    .orderBy(orderBy)
    .limit(1);
  return account;
}

/**
 * Checks that the account has not changed since the password was compared, and locks it until the session has
 * begun. A change of the password or a disabling waits for that, and then ends this session too.
 */
async function lockAccount(tx: Queryable, account: { id: string; passwordHash: string | null }) {
  const [same] = await tx
    .select({ id: directoryUser.id })
    .from(directoryUser)
    .where(
      and(
        eq(directoryUser.id, account.id),
        eq(directoryUser.passwordHash, account.passwordHash ?? ''),
        eq(directoryUser.active, true),
      ),
    )
    .for('share');
  return same !== undefined;
}
