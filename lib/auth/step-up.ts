import 'server-only';
import type { Administrator } from './administrator';

/** The action needs a proof, by password or second factor, not older than five minutes. */
export class ProofRequiredError extends Error {}

/** Where it can be proved, and which page to return to. */
export function provePath(next: string): string {
  return `/settings/prove?next=${encodeURIComponent(next)}`;
}

/**
 * The check where data is touched; the page has asked already.
 *
 * @throws ProofRequiredError where this browser has not proved recently who uses it
 */
export function requireRecentProof(administrator: Administrator): void {
  if (!administrator.provedRecently) throw new ProofRequiredError('This needs a recent proof.');
}
