import 'server-only';
import { log } from '@/lib/log/log';
import { sourceOf } from '@/lib/network/address';

/** Unknown keys that one caller may ask about for one source in a minute. */
export const freeLookups = 30;
/**
 * Unknown keys of one caller in a minute, for all sources together, because somebody with a stolen service
 * key can name a new source each time. Known keys are still answered, so that many guessers in front of a
 * service cannot shut out its users.
 */
export const mostFailedLookups = 300;
const minute = 60_000;
/** Sources kept in memory at most. The source known for longest is dropped first. */
const mostSources = 50_000;

/**
 * Counts unknown keys by calling service and source address, in the memory of this instance. A count in the
 * database would add a write to each bad call, which would help a guesser. With n instances a source has at
 * most n times the guesses, out of 2^256 possible secrets.
 */
export class FailedLookupLimiter {
  private readonly windows = new Map<string, Window>();
  /** One entry for each service key. */
  private readonly callers = new Map<string, Window>();

  constructor(
    private readonly now: () => number = Date.now,
    private readonly free = freeLookups,
    private readonly most = mostFailedLookups,
  ) {}

  get size(): number {
    return this.windows.size;
  }

  /** @returns seconds to wait, or 0 if this source may ask */
  wait(callerId: string, address: string): number {
    if (this.windows.size === 0) return 0;
    const window = this.windows.get(subject(callerId, address));
    if (!window || window.count <= this.free) return 0;
    return secondsUntil(window.ends, this.now());
  }

  /** Counts one unknown key. Returns like {@link wait}, and also a wait if the caller has asked too often. */
  count(callerId: string, address: string): number {
    const key = subject(callerId, address);
    const now = this.now();
    const known = this.windows.get(key);
    const window = current(known, now);
    window.count += 1;
    if (window !== known) this.remember(key, window, now);
    return Math.max(this.wait(callerId, address), this.countCaller(callerId, now));
  }

  private countCaller(callerId: string, now: number): number {
    const window = current(this.callers.get(callerId), now);
    window.count += 1;
    this.callers.set(callerId, window);
    if (window.count === this.most + 1) log.warn('guessing', { keyId: callerId });
    return window.count > this.most ? secondsUntil(window.ends, now) : 0;
  }

  /** Keeps the windows in the order in which they end, so that the first ones are dropped first. */
  private remember(key: string, window: { ends: number; count: number }, now: number) {
    this.windows.delete(key);
    this.windows.set(key, window);
    for (const [oldest, { ends }] of this.windows) {
      if (ends > now && this.windows.size <= mostSources) break;
      this.windows.delete(oldest);
    }
  }
}

type Window = { ends: number; count: number };

const current = (known: Window | undefined, now: number): Window =>
  known && known.ends > now ? known : { ends: now + minute, count: 0 };

const secondsUntil = (end: number, now: number) => Math.max(0, Math.ceil((end - now) / 1_000));

function subject(callerId: string, address: string): string {
  return `${callerId} ${sourceOf(address)}`;
}
