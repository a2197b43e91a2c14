import 'server-only';
import { createHmac, hkdfSync } from 'node:crypto';

/** All fields of an event as text, each in one canonical form, however it was read. */
export type ChainedEvent = {
  seq: number;
  /** Seconds since 1970 with six decimals, as PostgreSQL extracts them. */
  epoch: string | null;
  actorId: string | null;
  actor: string;
  action: string;
  targetType: string;
  targetId: string | null;
  target: string;
  outcome: string;
  address: string;
  details: unknown;
};

/** The number and seal of an event. The next event is bound to it, and an anchor stores it. */
export type Link = { seq: number; mac: Buffer };

/** The link before the first event. */
export const genesis: Link = { seq: 0, mac: Buffer.alloc(32) };

/** The key of the chain, separate from possible other uses of `AUDIT_KEY`. */
export function chainKey(auditKey: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', auditKey, '', 'keydesk audit chain v1', 32));
}

/** The seal of an event. Without the key nobody can write another event with a valid seal. */
export function sealEvent(key: Buffer, previous: Buffer, event: ChainedEvent): Buffer {
  const hmac = createHmac('sha256', key).update(previous);
  for (const field of [
    String(event.seq),
    event.epoch,
    event.actorId,
    event.actor,
    event.action,
    event.targetType,
    event.targetId,
    event.target,
    event.outcome,
    event.address,
    canonicalJson(event.details),
  ]) {
    hmac.update(lengthPrefixed(field));
  }
  return hmac.digest();
}

/**
 * Writes first whether the field is null and how long it is, so that no two sequences of fields give the same
 * bytes.
 */
function lengthPrefixed(text: string | null): Buffer {
  if (text === null) return Buffer.of(0);
  const bytes = Buffer.from(text);
  const head = Buffer.alloc(5, 1);
  head.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

/** JSON without blanks and with sorted keys, because jsonb keeps neither order nor blanks. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([name, inner]) => `${JSON.stringify(name)}:${canonicalJson(inner)}`).join(',')}}`;
}

/** `<seq>:<mac>`, as the log prints it and `audit verify --anchor` reads it. */
export function writeAnchor({ seq, mac }: Link): string {
  return `${seq}:${mac.toString('hex')}`;
}

export function parseAnchor(text: string): Link | null {
  const [, seq, mac] = /^(\d{1,15}):([0-9a-f]{64})$/i.exec(text.trim()) ?? [];
  return seq && mac ? { seq: Number(seq), mac: Buffer.from(mac, 'hex') } : null;
}
