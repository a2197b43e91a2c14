import { rights } from '@/lib/access/rights';

/** May ask whether keys are good. */
export const verifyScope = 'keydesk:verify';

/** The scopes of Keydesk's own that give something: what a service key may be granted. */
export const serviceScopes = [
  verifyScope,
  rights.readKeys.scope,
  rights.writeKeys.scope,
  rights.widenKeys.scope,
  rights.readUsers.scope,
  rights.writeUsers.scope,
  rights.readAudit.scope,
  rights.reportLeaks.scope,
] as const;
export type ServiceScope = (typeof serviceScopes)[number];

const managementScopes: readonly string[] = serviceScopes.filter((scope) => scope !== verifyScope);

/** Whether a key with these scopes may use the management API. */
export function isManagementKey(scopes: string[]): boolean {
  return scopes.some((scope) => managementScopes.includes(scope));
}

/** Scopes of Keydesk's own that give nothing any more. Keys that have one keep it; none is granted it. */
const retiredScopes: readonly string[] = ['keydesk:manage'];

/** Whether the scope is one that can no longer be granted. */
export function isRetiredScope(scope: string): boolean {
  return retiredScopes.includes(scope.toLowerCase());
}

export const mostScopes = 50;

/**
 * A scope-token of RFC 6749 (printable ASCII without space, `"` and `\`), so that scopes fit unchanged into
 * headers and the space-separated lists of OAuth. No comma, because people separate scopes by commas.
 */
const scopeName = /^[\x21\x23-\x2b\x2d-\x5b\x5d-\x7e]{1,64}$/;

/** Whether the text may name a scope: 1 to 64 printable ASCII characters except space, `,`, `"` and `\`. */
export function isScopeName(text: string): boolean {
  return scopeName.test(text);
}

/** What is wrong with a text that may not name a scope. */
export const scopeProblem = (text: string) =>
  `"${text.slice(0, 64)}" cannot be a scope: use up to 64 letters, digits and signs of ASCII, but no " or \\.`;

/** The words of a list separated by blanks or commas, each once, valid or not. */
export function scopeWords(text: string): string[] {
  return [...new Set(text.split(/[\s,]+/).filter(Boolean))];
}
