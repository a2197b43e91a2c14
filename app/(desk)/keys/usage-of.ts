import 'server-only';
import { verifyScope } from '@/lib/keys/scope';
import { verifyAddress } from '@/lib/settings/verify-address';
import type { KeyUsage } from './issued-secret';

/** How a service asks about a key with these scopes. */
export function usageOf(scopes: readonly string[]): KeyUsage {
  return { address: verifyAddress(), mayAsk: scopes.includes(verifyScope) };
}
