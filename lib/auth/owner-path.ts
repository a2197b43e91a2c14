/** Pages for people without a role: their keys, and a link to one. */
const ownerPaths = /^\/(?:me(?:[/?]|$)|collect\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$)/;

/** Where somebody without a role goes after signing in. Nobody else's pages would let them in. */
export const ownerPath = (next: string): string => (ownerPaths.test(next) ? next : '/me');
