import type { Administrator } from './administrator';

/** The answer to it is the page that asks for a proof; `guardedAction` leads there. */
export class ProofRequiredError extends Error {}

/**
 * The check where data is touched that a stolen, open browser must not reach.
 *
 * @throws ProofRequiredError where password or second factor were last asked over five minutes ago
 */
export function requireRecentProof(administrator: Administrator): void {
  if (!administrator.provedRecently) throw new ProofRequiredError('This needs a fresh proof.');
}

/** The page that asks who uses this browser, and then leads on. */
export function provePath(next: string): string {
  return `/settings/prove?next=${encodeURIComponent(next)}`;
}
