import 'server-only';
import { isWithin } from '@/lib/network/address';

/** Every answer about a key, in the order in which reasons to refuse it are looked at. */
export const codes = [
  'MALFORMED',
  'NOT_FOUND',
  'INACTIVE',
  'EXPIRED',
  'OWNER_INACTIVE',
  'INSUFFICIENT_SCOPE',
  'IP_DENIED',
  'RATE_LIMITED',
  'VALID',
] as const;

export type Code = (typeof codes)[number];

/** What the database says of a secret at the moment of the question. */
export type FoundKey = {
  id: string;
  name: string;
  /** Deleted, or found by a replaced secret whose time is over: known for attribution only. */
  dead: boolean;
  /** Which of the key's secrets was presented. */
  version: number;
  active: boolean;
  /** By the clock of the database, the one clock that all instances share. */
  expired: boolean;
  /** RFC 3339, UTC; of a replaced secret, when it stops. */
  expiresAt: string | null;
  issuedAt: string;
  scopes: string[];
  allowedAddresses: string[];
  rateLimit: { calls: number; seconds: number } | null;
  user: { id: string; username: string; active: boolean };
  /** JSON, as the database writes it. */
  metadata: string | null;
};

export type Asked = { scopes: readonly string[]; ip: string | null };

/**
 * Whether the key is good for what is asked, but for its rate limit, whose count costs a write and
 * is looked at last. A key for certain networks is refused where the caller's address is not known.
 */
export function judge(
  key: FoundKey | undefined,
  asked: Asked,
): Exclude<Code, 'MALFORMED' | 'RATE_LIMITED'> {
  if (!key || key.dead) return 'NOT_FOUND';
  if (!key.active) return 'INACTIVE';
  if (key.expired) return 'EXPIRED';
  if (!key.user.active) return 'OWNER_INACTIVE';
  if (!asked.scopes.every((scope) => key.scopes.includes(scope))) return 'INSUFFICIENT_SCOPE';
  if (!isAllowedFrom(key, asked.ip)) return 'IP_DENIED';
  return 'VALID';
}

function isAllowedFrom({ allowedAddresses }: FoundKey, ip: string | null): boolean {
  if (allowedAddresses.length === 0) return true;
  return ip !== null && isWithin(ip, allowedAddresses);
}
