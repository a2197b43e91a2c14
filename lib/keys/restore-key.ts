import 'server-only';
import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { directoryUser } from '@/db/schema/directory-user';
import type { Actor } from '@/lib/access/actor';
import { hasRole } from '@/lib/access/administrator';
import { changeAs } from '@/lib/access/change-as';
import { rights } from '@/lib/access/rights';
import { isService } from '@/lib/access/service';
import { recordEvent } from '@/lib/audit/record-event';
import { keyTarget } from './find-key';
import { keySummary } from './key-summary';
import { endOverlaps } from './overlap';
import { mayChange } from './reserved-scopes';
import { isOwnDeletion, undoMinutes } from './undo';

/** Days for which a deleted key can be restored. */
export const restorableDays = 30;

/** A condition on deleted keys that can still be restored. */
export const isRestorable = sql`${apiKey.deletedAt} > now() - make_interval(days => ${restorableDays})
  and ${apiKey.purgedAt} is null`;

export type RestoreKeyResult =
  | { outcome: 'restored'; username: string; hint: string }
  | { outcome: 'over' | 'not-deleted' | 'owner-gone' | 'needs-admin' | 'undo-over' };

/**
 * Restores a deleted key, switched off, because its users may have replaced it meanwhile. It keeps its
 * secret. With `undo`, the administrator who just deleted it gets it back as it was, including an old secret
 * in its overlap.
 */
export async function restoreKey(
  actor: Actor,
  id: string,
  { undo = false } = {},
): Promise<RestoreKeyResult> {
  type Result = Promise<RestoreKeyResult>;
  const lock = (tx: Queryable) => lockDeleted(tx, id);
  return changeAs(actor, rights.widenKeys, lock, async (tx, by, key): Result => {
    if (!key) return { outcome: 'not-deleted' };
    if (!key.restorable) return { outcome: 'over' };
    if (key.ownerDeletedAt) return { outcome: 'owner-gone' };
    if (!mayChange(by, key)) return { outcome: 'needs-admin' };
    const isOwn = key.fresh && (await isOwnDeletion(tx, by, id));
    if (undo && !isOwn) return { outcome: 'undo-over' };
    if (!hasRole(by, 'admin') && !isService(by) && !isOwn) return { outcome: 'needs-admin' };
    const state = undo ? {} : { active: false };
    await tx
      .update(apiKey)
      .set({ deletedAt: null, ...state })
      .where(eq(apiKey.id, id));
    if (!undo) await endOverlaps(tx, [id]);
    await recordEvent(tx, by, 'key.restore', keyTarget(key), undo ? { details: { undo } } : {});
    return { outcome: 'restored', username: key.username, hint: key.hint };
  });
}

/** Locks first the owner, so that nobody deletes them meanwhile, and then the key. */
async function lockDeleted(tx: Queryable, id: string) {
  await tx.execute(sql`select id from directory_user
    where id = (select owner_id from api_key where id = ${id}) for share`);
  const [key] = await tx
    .select({
      id: apiKey.id,
      username: keySummary.username,
      hint: keySummary.hint,
      scopes: apiKey.scopes,
      ownerDeletedAt: directoryUser.deletedAt,
      restorable: sql<boolean>`${isRestorable}`,
      fresh: sql<boolean>`${apiKey.deletedAt} > now() - make_interval(mins => ${undoMinutes})`,
    })
    .from(apiKey)
    .innerJoin(directoryUser, eq(directoryUser.id, apiKey.ownerId))
    .where(and(eq(apiKey.id, id), isNotNull(apiKey.deletedAt)))
    .for('update', { of: apiKey });
  return key;
}
