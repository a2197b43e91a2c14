import type { Administrator } from './administrator';

/** The answer to it is the page that asks who it is; `guardedAction` leads there. */
export class ReauthenticationRequiredError extends Error {}

/**
 * The check where data is touched that a stolen, open browser must not reach. Pages may be looked at
 * without it: whatever changes something, or reads a secret, asks here.
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

/** The parameter by which a page knows that it was left with a change that nobody has made yet. */
export const unsent = 'unsent';

/** The same page, for the way back after a change was held up by the question who it is. */
export function asUnsent(path: string): string {
  const url = new URL(path, 'http://path');
  url.searchParams.set(unsent, 'yes');
  return url.pathname + url.search;
}

export const isUnsent = (path: string) => new URL(path, 'http://path').searchParams.has(unsent);

export function withoutUnsent(path: string): string {
  const url = new URL(path, 'http://path');
  url.searchParams.delete(unsent);
  return url.pathname + url.search;
}
