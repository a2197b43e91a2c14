import type { Administrator } from './administrator';

/** What was asked for needs a proof of who is asking that is not older than five minutes. */
export class ProofRequiredError extends Error {}

/**
 * The check where data is touched; the action has asked already.
 *
 * @throws ProofRequiredError where the browser has not proved lately who uses it
 */
export function requireRecentProof(administrator: Administrator): void {
  if (!administrator.provedRecently) throw new ProofRequiredError('This needs a fresh proof.');
}
