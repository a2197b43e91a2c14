import 'server-only';
import { isWithin } from '@/lib/network/address';

/** Every answer about a key, in the order in which the reasons to refuse are checked. */
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

/** What the database knows of a secret at the moment of the question. */
export type FoundKey = {
  id: string;
  name: string;
  /** The key is deleted, or the secret is past its overlap. Found only to attribute the call. */
  dead: boolean;
  /** Which of the key's secrets was presented. */
  version: number;
  active: boolean;
  /** By the clock of the database, which all instances share. */
  expired: boolean;
  /** RFC 3339, UTC. For a replaced secret, the end of its overlap. */
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
 * Decides whether the key is good for what is asked, except for its rate limit. The rate limit is checked
 * last, because counting costs a write. A key bound to networks is refused if the caller's address is
 * unknown.
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
