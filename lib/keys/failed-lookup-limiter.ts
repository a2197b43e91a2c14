import 'server-only';
import { log } from '@/lib/log/log';
import { sourceOf } from '@/lib/network/address';

/** Unknown keys that one caller may ask about for one source in a minute. */
export const freeLookups = 30;
/**
 * Unknown keys of one caller in a minute, whatever sources it names: who holds a stolen service key
 * names a new one each time. Known keys are answered all the same, for a crowd of guessers before a
 * service must not shut out its users.
 */
export const mostFailedLookups = 300;
const minute = 60_000;
/** Sources remembered at most; the longest known is forgotten first. */
const mostSources = 50_000;

/**
 * Counts unknown keys by calling service and source address, in the memory of this instance: a count
 * shared through the database would add a write to each bad call, which is what a guesser wants.
 * With n instances a source has at most n times the guesses, of 2^256.
 */
export class FailedLookupLimiter {
  private readonly windows = new Map<string, Window>();
  /** As many as there are service keys. */
  private readonly callers = new Map<string, Window>();

  constructor(
    private readonly now: () => number = Date.now,
    private readonly free = freeLookups,
  ) {}

  get size(): number {
    return this.windows.size;
  }

  /** @returns seconds to wait, or 0 where this source may ask */
  wait(callerId: string, address: string): number {
    if (this.windows.size === 0) return 0;
    const window = this.windows.get(subject(callerId, address));
    if (!window || window.count <= this.free) return 0;
    return secondsUntil(window.ends, this.now());
  }

  /** Counts one unknown key; returns as {@link wait}, and also where the caller has asked too often. */
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
    if (window.count === mostFailedLookups + 1) log.warn('guessing', { keyId: callerId });
    return window.count > mostFailedLookups ? secondsUntil(window.ends, now) : 0;
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

type Window = { ends: number; count: number };

const current = (known: Window | undefined, now: number): Window =>
  known && known.ends > now ? known : { ends: now + minute, count: 0 };

const secondsUntil = (end: number, now: number) => Math.max(0, Math.ceil((end - now) / 1_000));

function subject(callerId: string, address: string): string {
  return `${callerId} ${sourceOf(address)}`;
}
