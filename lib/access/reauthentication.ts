import type { Administrator } from './administrator';

/** `guardedAction` answers it by redirecting to the page that re-authenticates. */
export class ReauthenticationRequiredError extends Error {}

/**
 * The check in functions that somebody with a stolen, open browser must not reach.
 *
 * @throws ReauthenticationRequiredError if the last re-authentication is more than five minutes old
 */
export function requireReauthentication(administrator: Administrator): void {
  if (!administrator.reauthenticated)
    throw new ReauthenticationRequiredError('This needs a recent re-authentication.');
}

/** The page that re-authenticates and then redirects to `next`. */
export function reauthenticationPath(next: string): string {
  return `/settings/prove?next=${encodeURIComponent(next)}`;
}
