import 'server-only';
import { type Administrator, hasRole } from '../auth/administrator';
import { isReservedScope } from './scope';

/** What is said where an operator reaches for what only an admin may hand out. */
export const reservedScopesRefusal =
  'Only an admin can grant or take away scopes that begin with "keydesk:".';
export const serviceKeyRefusal =
  'This key has scopes of Keydesk itself: only an admin can issue a new secret for it or switch it on.';

/**
 * Whether this administrator may issue a secret for a key with these scopes, or put such a key back
 * to work. Otherwise an operator could make, or regenerate, a service key and act with its rights.
 */
export function mayIssue(administrator: Pick<Administrator, 'role'>, scopes: string[]): boolean {
  return hasRole(administrator, 'admin') || !scopes.some(isReservedScope);
}

/** Whether this administrator may put the scopes `to` in place of `from`. */
export function mayGrant(
  administrator: Pick<Administrator, 'role'>,
  from: string[],
  to: string[],
): boolean {
  if (hasRole(administrator, 'admin')) return true;
  const reserved = (scopes: string[]) => scopes.filter(isReservedScope).sort().join(' ');
  return reserved(from) === reserved(to);
}
