import 'server-only';
import { asc, gt } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { auditEvent } from '@/db/schema/audit-event';
import type { Actor } from '@/lib/access/actor';
import { authorize } from '@/lib/access/administrator';
import { rights } from '@/lib/access/rights';
import { type AuditEvent, eventColumns } from './audit-search';

/**
 * The events that follow an event, oldest first. Numbers have no gaps and are committed in their order, so
 * whoever goes on from the last number misses none.
 */
export async function listEventsAfter(actor: Actor, seq: number, limit: number) {
  authorize(actor, rights.readAudit);
  return readEventsAfter(database(), seq, limit);
}

export async function readEventsAfter(tx: Queryable, seq: number, limit: number) {
  const rows = await tx
    .select({ ...eventColumns, actorId: auditEvent.actorId })
    .from(auditEvent)
    .where(gt(auditEvent.seq, seq))
    .orderBy(asc(auditEvent.seq))
    .limit(limit);
  return rows as (AuditEvent & { actorId: string | null })[];
}
