import 'server-only';
import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { directoryUser } from '@/db/schema/directory-user';
import { recordEvent } from '../audit/record-event';
import { type Administrator, authorize, hasRole } from '../auth/administrator';
import { keyTarget } from './find-key';
import { keySummary } from './key-summary';
import { endOverlaps } from './overlap';
import { isOwnDeletion, undoMinutes } from './undo';

/** How long a deleted key can be had back, in days. */
export const restorableDays = 30;

/** What can still be restored, as a condition on deleted keys. */
export const isRestorable = sql`${apiKey.deletedAt} > now() - make_interval(days => ${restorableDays})
  and ${apiKey.purgedAt} is null`;

export type RestoreKeyResult =
  | { outcome: 'restored'; username: string; hint: string }
  | { outcome: 'over' | 'not-deleted' | 'owner-gone' | 'needs-admin' | 'undo-over' };

/**
 * Puts a deleted key back into the report, switched off: whoever lost it may have taught others to do
 * without. Its secret is the one that it had. With `undo` whoever deleted it just now has it back as it
 * was, with an old secret that still has time left.
 */
export async function restoreKey(
  administrator: Administrator,
  id: string,
  { undo = false } = {},
): Promise<RestoreKeyResult> {
  authorize(administrator, 'operator');
  return database().transaction(async (tx): Promise<RestoreKeyResult> => {
    const key = await lockDeleted(tx, id);
    if (!key) return { outcome: 'not-deleted' };
    if (!key.restorable) return { outcome: 'over' };
    if (key.ownerDeletedAt) return { outcome: 'owner-gone' };
    const isOwn = key.fresh && (await isOwnDeletion(tx, administrator, id));
    if (undo && !isOwn) return { outcome: 'undo-over' };
    if (!hasRole(administrator, 'admin') && !isOwn) return { outcome: 'needs-admin' };
    const state = undo ? {} : { active: false };
    await tx
      .update(apiKey)
      .set({ deletedAt: null, ...state })
      .where(eq(apiKey.id, id));
    if (!undo) await endOverlaps(tx, [id]);
    await recordEvent(
      tx,
      administrator,
      'key.restore',
      keyTarget(key),
      undo ? { details: { undo } } : {},
    );
    return { outcome: 'restored', username: key.username, hint: key.hint };
  });
}

async function lockDeleted(tx: Queryable, id: string) {
  const [key] = await tx
    .select({
      id: apiKey.id,
      username: keySummary.username,
      hint: keySummary.hint,
      ownerDeletedAt: directoryUser.deletedAt,
      restorable: sql<boolean>`${isRestorable}`,
      fresh: sql<boolean>`${apiKey.deletedAt} > now() - make_interval(mins => ${undoMinutes})`,
    })
    .from(apiKey)
    .innerJoin(directoryUser, eq(directoryUser.id, apiKey.ownerId))
    .where(and(eq(apiKey.id, id), isNotNull(apiKey.deletedAt)))
    .for('update');
  return key;
}
