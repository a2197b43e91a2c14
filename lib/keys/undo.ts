import 'server-only';
import { and, desc, eq, gt, inArray, isNotNull, sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { auditEvent } from '@/db/schema/audit-event';
import type { Actor } from '@/lib/access/actor';
import { type Administrator, authorize } from '@/lib/access/administrator';
import type { AuditAction } from '@/lib/audit/audit-actions';

/** Minutes for which an administrator can undo their deletion or switch of a key. */
export const undoMinutes = 10;

/** Why it cannot be undone: it is too late, somebody else did it, or the key was changed since. */
export type UndoRefusal = { outcome: 'undo-over' | 'changed-meanwhile' };

const justNow = sql`now() - make_interval(mins => ${undoMinutes})`;

/** Actions that change a key, after which an undo would lose the later state. */
const changes: AuditAction[] = [
  'key.regenerate',
  'key.collect',
  'key.stop-old',
  'key.update',
  'key.activate',
  'key.deactivate',
  'key.delete',
  'key.transfer',
  'key.restore',
];

/** Whether this administrator just deleted the key, and nobody else did after them. */
export async function isOwnDeletion(
  tx: Queryable,
  actor: Pick<Actor, 'id'>,
  id: string,
): Promise<boolean> {
  const event = await lastEvent(tx, id, ['key.delete']);
  // Commands have no id, and offer no undo.
  return event?.fresh === true && actor.id !== null && event.actorId === actor.id.toLowerCase();
}

/** Whether to offer "Undo" for a deletion. */
export async function mayUndoDeletion(administrator: Administrator, id: string): Promise<boolean> {
  authorize(administrator, 'operator');
  const [key] = await database()
    .select({ id: apiKey.id })
    .from(apiKey)
    .where(and(eq(apiKey.id, id), isNotNull(apiKey.deletedAt), gt(apiKey.deletedAt, justNow)));
  return key !== undefined && (await isOwnDeletion(database(), administrator, id));
}

/** Why a locked key must not be switched back to `active`; null if it may. */
export async function refuseUndoSwitch(
  tx: Queryable,
  actor: Pick<Actor, 'id'>,
  id: string,
  active: boolean,
): Promise<UndoRefusal | null> {
  const actorId = actor.id?.toLowerCase();
  const event = await lastEvent(tx, id, ['key.activate', 'key.deactivate']);
  const isOwn = event?.actorId === actorId;
  const wasSwitch = event?.action === (active ? 'key.deactivate' : 'key.activate');
  if (!event || !isOwn || !wasSwitch) return { outcome: 'changed-meanwhile' };
  if (!event.fresh) return { outcome: 'undo-over' };
  const [later] = await tx
    .select({ seq: auditEvent.seq })
    .from(auditEvent)
    .where(
      and(
        eq(auditEvent.targetId, id),
        gt(auditEvent.seq, event.seq),
        inArray(auditEvent.action, changes),
        sql`${auditEvent.actorId} is distinct from ${actorId}::uuid`,
      ),
    )
    .limit(1);
  return later ? { outcome: 'changed-meanwhile' } : null;
}

async function lastEvent(tx: Queryable, id: string, actions: AuditAction[]) {
  const [event] = await tx
    .select({
      seq: auditEvent.seq,
      action: auditEvent.action,
      actorId: auditEvent.actorId,
      fresh: sql<boolean>`${auditEvent.at} > ${justNow}`,
    })
    .from(auditEvent)
    .where(and(eq(auditEvent.targetId, id), inArray(auditEvent.action, actions)))
    .orderBy(desc(auditEvent.seq))
    .limit(1);
  return event;
}
