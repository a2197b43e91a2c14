import 'server-only';
import type { Queryable } from '@/db/client';
import { auditEvent } from '@/db/schema/audit-event';
import type { AuditAction } from './audit-actions';

export type AuditActor = { id: string | null; username: string; address: string };

export type AuditTarget = { type: 'key' | 'user' | 'session'; id: string | null; label: string };

/** Keydesk itself, at start and from the command line. */
export const systemActor: AuditActor = { id: null, username: 'system', address: 'local' };

/**
 * Writes an audit event. It takes the transaction of the change, so that neither can be without the
 * other.
 */
export async function recordEvent(
  tx: Queryable,
  actor: AuditActor,
  action: AuditAction,
  target: AuditTarget,
  more: { outcome?: 'done' | 'refused'; details?: Record<string, unknown> } = {},
): Promise<void> {
  await tx.insert(auditEvent).values({
    actorId: actor.id,
    actor: actor.username,
    action,
    targetType: target.type,
    targetId: target.id,
    target: target.label,
    outcome: more.outcome ?? 'done',
    address: actor.address,
    details: more.details ?? {},
  });
}
