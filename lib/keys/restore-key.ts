import 'server-only';
import { and, desc, eq, isNotNull, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { auditEvent } from '@/db/schema/audit-event';
import { directoryUser } from '@/db/schema/directory-user';
import { recordEvent } from '../audit/record-event';
import { type Administrator, hasRole } from '../auth/administrator';
import { changeAs } from '../auth/change-as';
import { keyTarget } from './find-key';
import { keySummary } from './key-summary';
import { mayChange } from './reserved-scopes';

/** How long a deleted key can be had back, in days. */
export const restorableDays = 30;
/** How long an operator can take back their own deletion, in minutes; an admin has the days above. */
export const undoMinutes = 10;

/** What can still be restored, as a condition on deleted keys. */
export const isRestorable = sql`${apiKey.deletedAt} > now() - make_interval(days => ${restorableDays})
  and ${apiKey.purgedAt} is null`;

export type RestoreKeyResult =
  | { outcome: 'restored'; username: string; hint: string }
  | { outcome: 'over' | 'not-deleted' | 'owner-gone' | 'needs-admin' };

/**
 * Puts a deleted key back into the report, switched off: whoever lost it may have taught others to do
 * without. Its secret is the one that it had.
 */
export async function restoreKey(
  administrator: Administrator,
  id: string,
): Promise<RestoreKeyResult> {
  type Result = Promise<RestoreKeyResult>;
  const lock = (tx: Queryable) => lockDeleted(tx, id);
  return changeAs(administrator, 'operator', lock, async (tx, by, key): Result => {
    if (!key) return { outcome: 'not-deleted' };
    if (!key.restorable) return { outcome: 'over' };
    if (key.ownerDeletedAt) return { outcome: 'owner-gone' };
    if (!mayChange(by, key)) return { outcome: 'needs-admin' };
    if (!hasRole(by, 'admin') && !(await isOwnDeletion(tx, by, id))) {
      return { outcome: 'needs-admin' };
    }
    await tx.update(apiKey).set({ deletedAt: null, active: false }).where(eq(apiKey.id, id));
    await recordEvent(tx, by, 'key.restore', keyTarget(key));
    return { outcome: 'restored', username: key.username, hint: key.hint };
  });
}

/** The owner first, against being deleted meanwhile, and then the key. */
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
    })
    .from(apiKey)
    .innerJoin(directoryUser, eq(directoryUser.id, apiKey.ownerId))
    .where(and(eq(apiKey.id, id), isNotNull(apiKey.deletedAt)))
    .for('update', { of: apiKey });
  return key;
}

/** Whether this administrator deleted the key just now. */
async function isOwnDeletion(tx: Queryable, administrator: Administrator, id: string) {
  const [event] = await tx
    .select({
      actorId: auditEvent.actorId,
      fresh: sql<boolean>`${auditEvent.at} > now() - make_interval(mins => ${undoMinutes})`,
    })
    .from(auditEvent)
    .where(and(eq(auditEvent.targetId, id), eq(auditEvent.action, 'key.delete')))
    .orderBy(desc(auditEvent.seq))
    .limit(1);
  return event?.fresh === true && event.actorId === administrator.id.toLowerCase();
}
