import 'server-only';
import { sourceOf } from '../network/address';

/** Unknown keys that one caller may ask about for one source in a minute. */
export const freeGuesses = 30;
const minute = 60_000;
/** Sources remembered at most; the longest known is forgotten first. */
const mostSources = 50_000;

/**
 * Counts unknown keys by calling service and source address, in the memory of this instance: a count
 * shared through the database would add a write to each bad call, which is what a guesser wants.
 * With n instances a source has at most n times the guesses, of 2^256.
 */
export class Guesses {
  private readonly windows = new Map<string, { ends: number; count: number }>();

  constructor(
    private readonly now: () => number = Date.now,
    private readonly free = freeGuesses,
  ) {}

  get size(): number {
    return this.windows.size;
  }

  /** @returns seconds to wait, or 0 where this source may ask */
  wait(callerId: string, address: string): number {
    if (this.windows.size === 0) return 0;
    const window = this.windows.get(subject(callerId, address));
    if (!window || window.count <= this.free) return 0;
    return Math.max(0, Math.ceil((window.ends - this.now()) / 1_000));
  }

  /** Counts one unknown key; returns as {@link wait}. */
  count(callerId: string, address: string): number {
    const key = subject(callerId, address);
    const now = this.now();
    const known = this.windows.get(key);
    const window = known && known.ends > now ? known : { ends: now + minute, count: 0 };
    window.count += 1;
    if (window !== known) this.remember(key, window, now);
    return this.wait(callerId, address);
  }

  /** In the order in which their windows end, so that the first ones are the ones to forget. */
  private remember(key: string, window: { ends: number; count: number }, now: number) {
    this.windows.delete(key);
    this.windows.set(key, window);
    for (const [oldest, { ends }] of this.windows) {
      if (ends > now && this.windows.size <= mostSources) break;
      this.windows.delete(oldest);
    }
  }
}

function subject(callerId: string, address: string): string {
  return `${callerId} ${sourceOf(address)}`;
}
