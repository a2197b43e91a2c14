import 'server-only';
import { isNetworkWithin } from '@/lib/network/address';
import type { Fields, LockedKey } from './policy/key-fields';

/**
 * Whether a change lets the key do more than before: on again, another scope, a later end or none, another
 * address, or a higher rate. A rate is lower only if neither its calls nor its window allow more.
 */
export function widens(before: LockedKey, after: Fields, active: boolean): boolean {
  return (
    (active && !before.active) ||
    after.scopes.some((scope) => !before.scopes.includes(scope)) ||
    endsLater(before.expiresAt, after.expiresAt) ||
    allowsMoreAddresses(before.allowedAddresses, after.allowedAddresses) ||
    allowsMoreCalls(before, after)
  );
}

function endsLater(before: Date | null, after: Date | null): boolean {
  return before !== null && (after === null || after > before);
}

/** No network at all means any address. */
function allowsMoreAddresses(before: readonly string[], after: readonly string[]): boolean {
  if (before.length === 0) return false;
  return after.length === 0 || after.some((network) => !isNetworkWithin(network, before));
}

type Rate = Pick<Fields, 'rateLimit' | 'rateWindow'>;

function allowsMoreCalls(before: Rate, after: Rate): boolean {
  if (before.rateLimit === null) return false;
  if (after.rateLimit === null) return true;
  return after.rateLimit > before.rateLimit || (after.rateWindow ?? 0) < (before.rateWindow ?? 0);
}
