import 'server-only';
import { desc, eq } from 'drizzle-orm';
import { database } from '@/db/client';
import { auditEvent } from '@/db/schema/audit-event';
import { type Administrator, authorize } from '../auth/administrator';
import type { AuditAction } from './audit-actions';

export type AuditEvent = {
  seq: number;
  at: Date;
  actor: string;
  action: AuditAction;
  target: string;
  targetType: string;
  targetId: string | null;
  outcome: 'done' | 'refused';
  address: string;
  details: Record<string, unknown>;
};

const eventColumns = {
  seq: auditEvent.seq,
  at: auditEvent.at,
  actor: auditEvent.actor,
  action: auditEvent.action,
  target: auditEvent.target,
  targetType: auditEvent.targetType,
  targetId: auditEvent.targetId,
  outcome: auditEvent.outcome,
  address: auditEvent.address,
  details: auditEvent.details,
};

/** The latest events of one record, newest first. */
export async function listEventsOf(
  administrator: Administrator,
  targetId: string,
): Promise<AuditEvent[]> {
  authorize(administrator, 'viewer');
  const rows = await database()
    .select(eventColumns)
    .from(auditEvent)
    .where(eq(auditEvent.targetId, targetId))
    .orderBy(desc(auditEvent.seq))
    .limit(20);
  return rows as AuditEvent[];
}
