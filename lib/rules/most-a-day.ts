/**
 * How many keys the rule may switch off in one day without asking: a tenth of the active keys. On a small desk
 * that would be none, so it may be five there, but never more than half. Client-safe.
 */
export function mostADay(active: number): number {
  return Math.max(Math.floor(active / 10), Math.min(5, Math.floor(active / 2)));
}
