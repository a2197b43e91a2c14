import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { directoryUser } from '@/db/schema/directory-user';
import { recordEvent } from '../audit/record-event';
import { type Administrator, authorize } from '../auth/administrator';
import { forgetSecondFactor } from '../auth/second-factor/second-factor-of';
import { endSessionsOf } from '../auth/session';
import { deleteLockedKeys, lockKeysOf } from '../keys/delete-keys-of';
import { type RoleRefusal, refuseRemoval } from './administrator-rules';
import { lockUser, userTarget } from './find-user';
import type { DeleteUserInput } from './user-input';

export type DeleteUserResult =
  | { outcome: 'deleted' | 'gone' }
  | { outcome: 'has-keys'; username: string; keys: number }
  | { outcome: 'refused'; because: RoleRefusal };

/**
 * Deletes a user, whose name is free again from then on. Keys go with their owner only where the
 * administrator agreed to their number; where it has changed meanwhile, nothing is deleted.
 */
export async function deleteUser(
  administrator: Administrator,
  input: DeleteUserInput,
): Promise<DeleteUserResult> {
  authorize(administrator, 'operator');
  return database().transaction(async (tx): Promise<DeleteUserResult> => {
    const locked = await lockUser(tx, input.id);
    if (!locked) return { outcome: 'gone' };
    const { user } = locked;
    const because = refuseRemoval(administrator, locked);
    if (because) return { outcome: 'refused', because };
    const keys = await lockKeysOf(tx, user.id);
    if (keys.length > 0 && keys.length !== input.keys) {
      return { outcome: 'has-keys', username: user.username, keys: keys.length };
    }
    await removeUser(tx, user.id);
    await deleteLockedKeys(tx, administrator, keys);
    const details = { keys: keys.length };
    await recordEvent(tx, administrator, 'user.delete', userTarget(user), { details });
    return { outcome: 'deleted' };
  });
}

/** The row stays, without access, so that late callers can be traced to their former owner. */
async function removeUser(tx: Queryable, id: string) {
  await endSessionsOf(tx, id);
  await forgetSecondFactor(tx, id);
  await tx
    .update(directoryUser)
    .set({
      active: false,
      role: null,
      passwordHash: null,
      oneTimeUntil: null,
      deletedAt: sql`now()`,
      updatedAt: sql`now()`,
    })
    .where(eq(directoryUser.id, id));
}
