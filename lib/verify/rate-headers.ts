import 'server-only';
import type { RateState } from './rate';

/** Headers as in draft-ietf-httpapi-ratelimit-headers-10. A key without a limit has none. */
export function rateHeaders(rate: RateState | null): Record<string, string> {
  if (!rate) return {};
  return {
    'RateLimit-Policy': `"key";q=${rate.limit};w=${rate.seconds}`,
    RateLimit: `"key";r=${rate.remaining};t=${secondsLeft(rate)}`,
  };
}

/** Seconds until the window ends, at least one. */
export function secondsLeft({ resetAt }: RateState): number {
  return Math.max(1, Math.ceil((Date.parse(resetAt) - Date.now()) / 1_000));
}
