import type { AuditEvent } from './audit-search';

/** An audit event as other programs get it. It holds no secret, because the audit holds none. */
export function eventDocument(event: AuditEvent & { actorId: string | null }) {
  const { seq, at, actor, actorId, action, outcome, address, details } = event;
  return {
    seq,
    at: at.toISOString(),
    action,
    outcome,
    actor: { id: actorId, name: actor, address },
    target: { type: event.targetType, id: event.targetId, name: event.target },
    details,
  };
}
