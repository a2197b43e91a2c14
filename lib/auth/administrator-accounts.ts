import 'server-only';
import { eq, type SQL, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { database, type Queryable } from '@/db/client';
import { directoryUser } from '@/db/schema/directory-user';
import { violatedUniqueness } from '@/db/unique-violation';
import type { Role } from '@/lib/access/administrator';
import { type AuditActor, recordEvent } from '@/lib/audit/record-event';
import { hashPassword } from '@/lib/passwords/password';
import { forgetSecondFactor } from '@/lib/sessions/second-factor-of';
import { endSessionsOf } from '@/lib/sessions/session';
import { type Confirmed, findLookalike } from '@/lib/users/find-lookalike';
import { findByUsername, userTarget } from '@/lib/users/find-user';
import { unlockAccount } from './sign-in-throttle';

export type Account = { username: string; password: string };

export type CreateAdministratorResult =
  | { outcome: 'created' | 'promoted'; username: string }
  /** The user already has a role, or another user has a similar name and nobody confirmed this one. */
  | { outcome: 'exists' | 'lookalike'; username: string };

/** Makes an administrator of a new user or of an existing user without a role. */
export async function createAdministrator(
  actor: AuditActor,
  account: Account & { role: Role } & Confirmed,
): Promise<CreateAdministratorResult> {
  const passwordHash = await hashPassword(account.password);
  const { username, role } = account;
  return refuseTaken(username, () =>
    database().transaction(async (tx) => {
      const known = await lockByUsername(tx, username);
      if (known?.role) return { outcome: 'exists', username: known.username };
      const alike = known ? null : await findUnconfirmed(tx, account);
      if (alike !== null) return { outcome: 'lookalike', username: alike };
      return giveAccess(tx, actor, known ?? { username }, { role, passwordHash });
    }),
  );
}

/** The username of a user with a similar name, unless the administrator confirmed this one. */
export async function findUnconfirmed(
  tx: Queryable,
  { username, lookalike }: { username: string } & Confirmed,
): Promise<string | null> {
  return lookalike === username ? null : findLookalike(tx, username);
}

type Access = { role: Role; passwordHash: string; oneTimeUntil?: SQL };

/** Gives a role and a password to an existing user or, if there is no id, to a new one. */
export async function giveAccess(
  tx: Queryable,
  actor: AuditActor,
  known: { id?: string; username: string },
  access: Access,
): Promise<{ outcome: 'created' | 'promoted'; username: string }> {
  const user = { id: known.id ?? uuidv7(), username: known.username };
  const values = { ...access, active: true };
  if (known.id) {
    await tx.update(directoryUser).set(values).where(eq(directoryUser.id, user.id));
    // What they began without the role must not go on with it.
    await endSessionsOf(tx, user.id);
  } else await tx.insert(directoryUser).values({ ...user, ...values });
  const details = { role: { from: null, to: access.role } };
  await recordEvent(tx, actor, 'administrator.create', userTarget(user), { details });
  return { outcome: known.id ? 'promoted' : 'created', username: user.username };
}

/** Relies on the unique index to decide whether a name is free. */
export async function refuseTaken<Result>(
  username: string,
  create: () => Promise<Result>,
): Promise<Result | { outcome: 'exists'; username: string }> {
  try {
    return await create();
  } catch (error) {
    if (violatedUniqueness(error) === null) throw error;
    return { outcome: 'exists', username };
  }
}

export type ResetPasswordResult =
  | { outcome: 'reset'; username: string }
  | { outcome: 'unknown' | 'no-role' | 'disabled' };

/**
 * Gives an administrator a new password and signs them out everywhere. Also removes their second factor, if
 * asked to because phone and recovery codes are lost.
 */
export async function resetPassword(
  actor: AuditActor,
  { username, password, removeSecondFactor }: Account & { removeSecondFactor?: boolean },
): Promise<ResetPasswordResult> {
  const passwordHash = await hashPassword(password);
  return database().transaction(async (tx): Promise<ResetPasswordResult> => {
    const user = await lockByUsername(tx, username);
    if (!user) return { outcome: 'unknown' };
    if (!user.role) return { outcome: 'no-role' };
    if (!user.active) return { outcome: 'disabled' };
    await tx
      .update(directoryUser)
      .set({ passwordHash, oneTimeUntil: null, updatedAt: sql`now()` })
      .where(eq(directoryUser.id, user.id));
    const removed = removeSecondFactor && (await forgetSecondFactor(tx, user.id));
    await endSessionsOf(tx, user.id);
    await unlockAccount(tx, user.username);
    const details = removed ? { secondFactor: 'removed' } : {};
    await recordEvent(tx, actor, 'administrator.reset-password', userTarget(user), { details });
    return { outcome: 'reset', username: user.username };
  });
}

export async function lockByUsername(tx: Queryable, username: string) {
  const found = await findByUsername(tx, username);
  if (!found) return undefined;
  const [locked] = await tx
    .select({
      id: directoryUser.id,
      username: directoryUser.username,
      role: directoryUser.role,
      active: directoryUser.active,
    })
    .from(directoryUser)
    .where(eq(directoryUser.id, found.id))
    .for('no key update');
  return locked;
}
