import 'server-only';
import { apiProblem } from './api-problem';
import { respond } from './respond';

/** What a path says about its methods (RFC 9110, 9.3.7). */
export const allowing = (allow: string) => ({ status: 204, headers: { Allow: allow }, body: '' });

export const methodNotAllowed = (allow: string) =>
  apiProblem('method-not-allowed', `Use ${allow}.`, { headers: { Allow: allow } });

/** Handlers for the methods that a route does not take. The framework would answer without a word. */
export function otherMethods(allow: string) {
  return {
    refuse: () => respond(methodNotAllowed(allow)),
    options: () => respond(allowing(allow)),
  };
}
