import type { Administrator } from './administrator';

/** `guardedAction` answers it by redirecting to the page that re-authenticates. */
export class ReauthenticationRequiredError extends Error {}

/**
 * The check in functions that somebody with a stolen, open browser must not reach: they change something or
 * read a secret. Pages may be viewed without it.
 *
 * @throws ReauthenticationRequiredError if the last re-authentication is more than five minutes old
 */
export function requireReauthentication(
  administrator: Pick<Administrator, 'reauthenticated'>,
): void {
  if (!administrator.reauthenticated)
    throw new ReauthenticationRequiredError('This needs a recent re-authentication.');
}

/** The page that re-authenticates and then redirects to `next`. */
export function reauthenticationPath(next: string): string {
  return `/settings/prove?next=${encodeURIComponent(next)}`;
}

/** The parameter that tells a page that its change was held up and has not been made yet. */
export const unsent = 'unsent';

/** The page to return to after a change was held up by a re-authentication. */
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
