import 'server-only';
import { oidcConfiguration } from './configuration';

const longestWait = 5_000;

/** Whether an address that the provider names may be used: https, or its own plain http on this machine. */
export function isProviderAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.protocol === 'https:') return true;
  const issuer = oidcConfiguration()?.issuer;
  return url.protocol === 'http:' && issuer !== undefined && new URL(issuer).origin === url.origin;
}

/** Asks the provider: never in the clear, never elsewhere by a redirect, and not for ever. */
export const providerFetch: typeof fetch = async (input, init) => {
  const address = input instanceof Request ? input.url : String(input);
  if (!isProviderAddress(address)) throw new Error('The provider names an address without https.');
  return fetch(input, {
    ...init,
    redirect: 'manual',
    cache: 'no-store',
    signal: AbortSignal.timeout(longestWait),
  });
};
