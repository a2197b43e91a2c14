import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { directoryUser } from '@/db/schema/directory-user';
import type { Actor } from '@/lib/access/actor';
import { authorize } from '@/lib/access/administrator';
import { type Match, requireMatch } from '@/lib/access/match';
import { rights } from '@/lib/access/rights';
import { recordEvent } from '@/lib/audit/record-event';
import { deleteLockedKeys } from '@/lib/keys/delete-keys-of';
import { mayChangeAll } from '@/lib/keys/reserved-scopes';
import { forgetSecondFactor } from '@/lib/sessions/second-factor-of';
import { endSessionsOf } from '@/lib/sessions/session';
import { type RoleRefusal, refuseRemoval } from './administrator-rules';
import { userTarget } from './find-user';
import { changeUserAs } from './lock-user';
import { findSuccessor, judgeRelief, type ReliefRefusal } from './relieve';
import { moveServices } from './responsible';
import type { DeleteUserInput } from './user-input';
import { userTag } from './user-tag';

export type DeleteUserResult =
  | { outcome: 'deleted' | 'gone' }
  | { outcome: 'has-keys'; username: string; keys: number }
  /** Some of the keys are service keys: only an admin may delete those. */
  | { outcome: 'service-keys' }
  | ReliefRefusal
  | { outcome: 'refused'; because: RoleRefusal };

/**
 * Deletes a user, whose name is free again from then on. Keys go with their owner only where the
 * administrator agreed to their number; where it has changed meanwhile, nothing is deleted.
 */
export async function deleteUser(
  actor: Actor,
  input: DeleteUserInput & { match?: Match },
): Promise<DeleteUserResult> {
  authorize(actor, rights.writeUsers);
  const responsibleId = await findSuccessor(database(), input);
  const whom = { id: input.id, responsibleId, withKeys: true };
  type Result = Promise<DeleteUserResult>;
  return changeUserAs(actor, rights.writeUsers, whom, async (tx, by, locked): Result => {
    const { user, keys } = locked;
    requireMatch(userTag(user), input.match);
    const because = refuseRemoval(by, locked);
    if (because) return { outcome: 'refused', because };
    if (!mayChangeAll(by, keys)) return { outcome: 'service-keys' };
    if (keys.length > 0) authorize(by, rights.writeKeys);
    if (keys.length > 0 && keys.length !== input.keys) {
      return { outcome: 'has-keys', username: user.username, keys: keys.length };
    }
    const services = await judgeRelief(tx, locked, input);
    if (typeof services !== 'number') return services;
    const recordMoved = await moveServices(tx, user, locked.responsible);
    await removeUser(tx, user.id);
    await deleteLockedKeys(tx, by, keys);
    await recordMoved(by);
    const details = { keys: keys.length, ...(services > 0 ? { services } : {}) };
    await recordEvent(tx, by, 'user.delete', userTarget(user), { details });
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
