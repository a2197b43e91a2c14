import 'server-only';
import { createHash } from 'node:crypto';
import type { LockedKey } from './policy/key-fields';

/**
 * A digest of all that can be changed of a key, for conditional requests. It is computed, not stored, so that
 * every way of changing a key changes it. Uses of the key do not, because a busy key could otherwise never be
 * changed.
 */
export function keyTag(key: LockedKey): string {
  const { id, ownerId, username, name, active, scopes, expiresAt, secretVersion } = key;
  const { allowedAddresses, rateLimit, rateWindow, metadata } = key;
  const who = [id, ownerId, username, name, active, secretVersion];
  const limits = [scopes, expiresAt, allowedAddresses, rateLimit, rateWindow, metadata];
  return createHash('sha256')
    .update(JSON.stringify([...who, ...limits]))
    .digest('base64url')
    .slice(0, 27);
}
