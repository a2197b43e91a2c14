import 'server-only';
import { eq, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { directoryUser } from '@/db/schema/directory-user';
import {
  type Administrator,
  authorize,
  ForbiddenError,
  type Role,
} from '@/lib/access/administrator';
import { changeAs } from '@/lib/access/change-as';
import { requireReauthentication } from '@/lib/access/reauthentication';
import { recordEvent } from '@/lib/audit/record-event';
import { generatePassword } from '@/lib/passwords/generate-password';
import { hashPassword } from '@/lib/passwords/password';
import { forgetSecondFactor } from '@/lib/sessions/second-factor-of';
import { endSessionsOf } from '@/lib/sessions/session';
import { type RoleRefusal, refuseLockedChange } from '@/lib/users/administrator-rules';
import type { Confirmed } from '@/lib/users/find-lookalike';
import { userTarget } from '@/lib/users/find-user';
import { changeUserAs } from '@/lib/users/lock-user';
import { findUnconfirmed, giveAccess, lockByUsername, refuseTaken } from './administrator-accounts';
import { unlockAccount } from './sign-in-throttle';

/** Hours for which a one-time password opens the form for a new one. */
export const oneTimeHours = 24;
const oneTimeUntil = sql`now() + make_interval(hours => ${oneTimeHours})`;

export type AddAdministratorResult =
  | { outcome: 'created' | 'promoted'; username: string; password: string }
  | { outcome: 'exists' | 'lookalike' | 'disabled' | 'needs-admin'; username: string };

/** Gives a role to a new or an existing user, with a password for their first sign-in. */
export async function addAdministrator(
  administrator: Administrator,
  { username, role, lookalike }: { username: string; role: Role } & Confirmed,
): Promise<AddAdministratorResult> {
  authorize(administrator, 'admin');
  requireReauthentication(administrator);
  const password = generatePassword();
  const passwordHash = await hashPassword(password);
  type Result = Promise<AddAdministratorResult>;
  const lock = (tx: Queryable) => lockByUsername(tx, username);
  const add = () =>
    changeAs(administrator, 'admin', lock, async (tx, by, known): Result => {
      if (known?.role) return { outcome: 'exists', username: known.username };
      if (known && !known.active) return { outcome: 'disabled', username: known.username };
      const alike = known ? null : await findUnconfirmed(tx, { username, lookalike });
      if (alike !== null) return { outcome: 'lookalike', username: alike };
      const access = { role, passwordHash, oneTimeUntil };
      return { ...(await giveAccess(tx, by, known ?? { username }, access)), password };
    });
  return refuseTaken(username, add).catch((error: unknown) => {
    if (error instanceof ForbiddenError) return { outcome: 'needs-admin', username };
    throw error;
  });
}

export type HandOutPasswordResult =
  | { outcome: 'reset'; username: string; password: string }
  | { outcome: 'gone' | 'disabled' }
  | { outcome: 'refused'; because: RoleRefusal };

/**
 * Gives another administrator a one-time password and signs them out everywhere. Also removes their second
 * factor, if asked to because the phone is lost.
 */
export async function handOutPassword(
  administrator: Administrator,
  { id, removeSecondFactor }: { id: string; removeSecondFactor: boolean },
): Promise<HandOutPasswordResult> {
  authorize(administrator, 'admin');
  requireReauthentication(administrator);
  const password = generatePassword();
  const passwordHash = await hashPassword(password);
  type Result = Promise<HandOutPasswordResult>;
  return changeUserAs(administrator, 'admin', { id }, async (tx, by, { user }): Result => {
    if (!user.role) return { outcome: 'gone' };
    if (user.id === by.id) return { outcome: 'refused', because: 'oneself' };
    const because = refuseLockedChange(by, { user });
    if (because) return { outcome: 'refused', because };
    if (!user.active) return { outcome: 'disabled' };
    const values = { passwordHash, oneTimeUntil, updatedAt: sql`now()` };
    await tx.update(directoryUser).set(values).where(eq(directoryUser.id, id));
    const removed = removeSecondFactor && (await forgetSecondFactor(tx, id));
    await endSessionsOf(tx, id);
    await unlockAccount(tx, user.username);
    const details = removed ? { secondFactor: 'removed' } : {};
    await recordEvent(tx, by, 'administrator.reset-password', userTarget(user), {
      details,
    });
    return { outcome: 'reset', username: user.username, password };
  });
}
