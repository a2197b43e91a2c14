/*
 * Client-safe, and apart from the lists of scopes, which pages need not load.
 */

/** The prefix of Keydesk's own scopes for service keys. Only an admin may grant these. */
export const reservedPrefix = 'keydesk:';

/** Whether the scope is one of Keydesk's own. */
export function isReservedScope(scope: string): boolean {
  return scope.toLowerCase().startsWith(reservedPrefix);
}

/** Whether a key with these scopes is a service key. */
export function isServiceKey(scopes: string[]): boolean {
  return scopes.some(isReservedScope);
}
