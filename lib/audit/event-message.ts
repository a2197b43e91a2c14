import type { AuditAction } from './audit-actions';
import { eventDocument } from './event-document';

type StoredEvent = Parameters<typeof eventDocument>[0];
type EventDocument = ReturnType<typeof eventDocument>;

/**
 * An audit event as webhooks and the audit log get it, in the form of Standard Webhooks. Its `seq` has no
 * gaps, so that a receiver sees what it missed.
 */
export type EventMessage = {
  type: AuditAction;
  timestamp: string;
  data: Omit<EventDocument, 'at' | 'action'>;
};

/** In place of the metadata of a key, which belongs to the key's owner and stays in the audit. */
export const metadataLeftOut = 'not sent';

export function eventMessage(event: StoredEvent): EventMessage {
  const { at, action, details, ...data } = eventDocument(event);
  const sent = details.metadata ? { ...details, metadata: metadataLeftOut } : details;
  return { type: action, timestamp: at, data: { ...data, details: sent } };
}
