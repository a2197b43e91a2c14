import type { Administrator } from './administrator';

/** The answer to it is the page that asks who it is; `guardedAction` leads there. */
export class ReauthenticationRequiredError extends Error {}

/**
 * The check where data is touched that a stolen, open browser must not reach.
 *
 * @throws ReauthenticationRequiredError where password or second factor were last asked over five minutes ago
 */
export function requireReauthentication(administrator: Administrator): void {
  if (!administrator.reauthenticated)
    throw new ReauthenticationRequiredError('This needs a recent re-authentication.');
}

/** The page that asks who uses this browser, and then leads on. */
export function reauthenticationPath(next: string): string {
  return `/settings/prove?next=${encodeURIComponent(next)}`;
}
