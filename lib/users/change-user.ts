import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { directoryUser } from '@/db/schema/directory-user';
import { recordEvent } from '../audit/record-event';
import { type Administrator, authorize } from '../auth/administrator';
import { endSessionsOf } from '../auth/session';
import { violatedUniqueness } from '../unique-violation';
import { type RoleRefusal, refuseLockedChange, refuseRemoval } from './administrator-rules';
import { findByUsername, type LockedUser, lockUser, userTarget } from './find-user';
import type { ChangeUserInput } from './user-input';

export type ChangeUserResult =
  | { outcome: 'changed' | 'gone' }
  | { outcome: 'refused'; because: RoleRefusal }
  | { outcome: 'exists'; username: string };

/** Changes name, facts and status together; what stays as it was leaves no event. */
export async function changeUser(
  administrator: Administrator,
  input: ChangeUserInput,
): Promise<ChangeUserResult> {
  authorize(administrator, 'operator');
  try {
    return await database().transaction(async (tx): Promise<ChangeUserResult> => {
      const locked = await lockUser(tx, input.id);
      if (!locked) return { outcome: 'gone' };
      const { user } = locked;
      const disables = user.active && !input.active;
      const because = disables
        ? refuseRemoval(administrator, locked)
        : refuseLockedChange(administrator, locked);
      if (because) return { outcome: 'refused', because };
      await applyFields(tx, administrator, user, input);
      await applyStatus(tx, administrator, { ...user, username: input.username }, input.active);
      return { outcome: 'changed' };
    });
  } catch (error) {
    if (violatedUniqueness(error) === null) throw error;
    const twin = await findByUsername(database(), input.username);
    return { outcome: 'exists', username: twin?.username ?? input.username };
  }
}

async function applyFields(
  tx: Queryable,
  administrator: Administrator,
  user: LockedUser,
  { username, displayName, email }: ChangeUserInput,
) {
  const wanted = { username, displayName, email };
  const names = ['username', 'displayName', 'email'] as const;
  const changed = names.filter((name) => user[name] !== wanted[name]);
  if (changed.length === 0) return;
  await tx
    .update(directoryUser)
    .set({ ...wanted, updatedAt: sql`now()` })
    .where(eq(directoryUser.id, user.id));
  const details = Object.fromEntries(
    changed.map((name) => [name, { from: user[name], to: wanted[name] }]),
  );
  await recordEvent(tx, administrator, 'user.update', userTarget(user), { details });
}

async function applyStatus(
  tx: Queryable,
  administrator: Administrator,
  user: LockedUser,
  active: boolean,
) {
  if (user.active === active) return;
  await tx
    .update(directoryUser)
    .set({ active, updatedAt: sql`now()` })
    .where(eq(directoryUser.id, user.id));
  if (!active) await endSessionsOf(tx, user.id);
  const action = active ? 'user.enable' : 'user.disable';
  await recordEvent(tx, administrator, action, userTarget(user));
}
