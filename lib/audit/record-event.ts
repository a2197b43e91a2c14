import 'server-only';
import type { Queryable } from '@/db/client';
import { auditEvent } from '@/db/schema/audit-event';
import type { AuditAction } from './audit-actions';

export type AuditActor = { id: string | null; username: string; address: string };

export type AuditTarget = {
  type: 'key' | 'user' | 'session' | 'import';
  id: string | null;
  label: string;
};

/** Keydesk itself, at start and from the command line. */
export const systemActor: AuditActor = { id: null, username: 'system', address: 'local' };

type More = { outcome?: 'done' | 'refused'; details?: Record<string, unknown> };

/**
 * Writes an audit event. It takes the transaction of the change, so that neither can be without the
 * other.
 */
export async function recordEvent(
  tx: Queryable,
  actor: AuditActor,
  action: AuditAction,
  target: AuditTarget,
  more: More = {},
): Promise<void> {
  await recordEvents(tx, actor, action, [target], more);
}

/** The same for many records that one change concerns alike; a statement holds some 6,000. */
export async function recordEvents(
  tx: Queryable,
  actor: AuditActor,
  action: AuditAction,
  targets: AuditTarget[],
  more: More = {},
): Promise<void> {
  if (targets.length === 0) return;
  await tx.insert(auditEvent).values(
    targets.map((target) => ({
      actorId: actor.id,
      actor: actor.username,
      action,
      targetType: target.type,
      targetId: target.id,
      target: target.label,
      outcome: more.outcome ?? 'done',
      address: actor.address,
      details: more.details ?? {},
    })),
  );
}
