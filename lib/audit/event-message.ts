import 'server-only';
import { asc, gt } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { auditEvent } from '@/db/schema/audit-event';
import type { AuditAction } from './audit-actions';
import { eventColumns } from './audit-search';

/** An audit event as webhooks and the audit log get it, in the form of Standard Webhooks. */
export type EventMessage = {
  type: AuditAction;
  timestamp: string;
  data: {
    /** Without gaps, so that a receiver sees what it missed. */
    seq: number;
    actor: { id: string | null; name: string; address: string };
    target: { type: string; id: string | null; name: string };
    outcome: 'done' | 'refused';
    details: Record<string, unknown>;
  };
};

/** In place of the metadata of a key, which belongs to the key's owner and stays in the audit. */
export const metadataLeftOut = 'not sent';

/** The events after this one, oldest first. */
export async function readEventsAfter(
  tx: Queryable,
  seq: number,
  most: number,
): Promise<EventMessage[]> {
  const rows = await tx
    .select({ ...eventColumns, actorId: auditEvent.actorId })
    .from(auditEvent)
    .where(gt(auditEvent.seq, seq))
    .orderBy(asc(auditEvent.seq))
    .limit(most);
  return rows.map(messageOf);
}

type Row = {
  [Column in keyof typeof eventColumns | 'actorId']: (typeof auditEvent.$inferSelect)[Column];
};

function messageOf(event: Row): EventMessage {
  const { seq, at, action, outcome, details } = event;
  return {
    type: action as AuditAction,
    timestamp: at.toISOString(),
    data: {
      seq,
      actor: { id: event.actorId, name: event.actor, address: event.address },
      target: { type: event.targetType, id: event.targetId, name: event.target },
      outcome,
      details: details.metadata ? { ...details, metadata: metadataLeftOut } : details,
    },
  };
}
