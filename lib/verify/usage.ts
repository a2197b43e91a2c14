import 'server-only';
import type { Pool } from 'pg';
import { relaxedly } from '@/db/relaxed-commit';
import { type Taken, trimSources, usageValues, writeUsage } from './usage-rows';
import { chain, countUse, type KeyUse, type Seen, slotOf } from './uses';
import type { Code } from './verdict';

const flushEvery = 5_000;
/** Seconds between two writes of one key, however busy it is. */
const keyPause = 30;
/** Keys written by one flush. Few enough to keep statements short, so that look-ups do not wait for them. */
const largestFlush = 3_000;
/**
 * Keys kept in memory at most, about 300 bytes each. Uses of further keys are dropped and counted as dropped.
 */
const mostKeys = 50_000;
/**
 * Uses kept in memory at most, beyond the first of each key. Further calls are counted without their address.
 */
const mostUses = 50_000;

/**
 * Counts when and how often each key is used. It counts in memory, so that no verification waits for a write
 * or fails with one. A flush writes the counts in one statement every few seconds.
 */
export class Usage {
  private readonly keys = new Map<string, KeyUse>();
  /** Answers of the whole desk, by slot. */
  private totals = new Map<number, number>();
  private readonly timer: NodeJS.Timeout;
  private flushing: Promise<void> | null = null;
  private uses = 0;
  /** Uses that were not counted because too many keys waited to be written. */
  dropped = 0;
  failedFlushes = 0;
  /** Whether usage could not be written when it was last tried. It is kept in memory meanwhile. */
  isFailing = false;
  private readonly startedAt = Date.now();
  private flushedAt = Date.now();

  constructor(
    private readonly pool: Pool,
    private readonly clock: () => number = Date.now,
  ) {
    this.timer = setInterval(() => void this.flush(), flushEvery);
    this.timer.unref();
  }

  /** Seconds since usage was last written, or since the start if it has not been written yet. */
  get lag(): number {
    return Math.max(0, (Date.now() - Math.max(this.flushedAt, this.startedAt)) / 1_000);
  }

  /** @param address where the call came from, as the caller reports it */
  count(keyId: string, code: Code, version = 0, address: string | null = null): void {
    const lastSeen = Math.floor(this.clock() / 1_000);
    let key = this.keys.get(keyId);
    if (!key) {
      if (this.keys.size >= mostKeys) {
        this.dropped += 1;
        return;
      }
      key = { writtenAt: 0, first: null };
      this.keys.set(keyId, key);
    }
    const slot = slotOf(lastSeen, code);
    this.see(key, { slot, version, address: address ?? '', lastSeen, calls: 1 });
  }

  private see(key: KeyUse, seen: Seen) {
    this.uses += countUse(key, mostUses - this.uses, seen);
  }

  /** Counts an answer for the whole desk, even if no key is known or remembered. */
  countAnswer(code: Code): void {
    this.addTotal(slotOf(Math.floor(this.clock() / 1_000), code), 1);
  }

  private addTotal(slot: number, count: number) {
    this.totals.set(slot, (this.totals.get(slot) ?? 0) + count);
  }

  /**
   * Writes what is due, or everything if `all` is set. What could not be written waits for the next flush.
   */
  flush({ all = false } = {}): Promise<void> {
    this.flushing ??= this.writeDue(all).finally(() => {
      this.flushing = null;
    });
    return this.flushing;
  }

  /**
   * The last flush. Gives up at the first failure, because the process must be able to end without
   * PostgreSQL.
   */
  async end(): Promise<void> {
    clearInterval(this.timer);
    await this.flushing;
    const failures = this.failedFlushes;
    do await this.flush({ all: true });
    while (this.waits && this.failedFlushes === failures);
  }

  private get waits(): boolean {
    return this.keys.size > 0 || this.totals.size > 0;
  }

  private async writeDue(all: boolean) {
    const now = Math.floor(this.clock() / 1_000);
    const taken: Taken[] = [];
    for (const [id, key] of this.keys) {
      const rested = all || now - key.writtenAt >= keyPause;
      if (rested && !key.first) this.keys.delete(id);
      else if (rested && taken.push({ id, key, first: key.first }) >= largestFlush) break;
    }
    for (const { key } of taken) {
      for (const _ of chain(key.first)) this.uses -= 1;
      key.first = null;
    }
    const totals = this.totals;
    this.totals = new Map();
    try {
      if (taken.length + totals.size > 0) await this.write(taken, totals);
      for (const { id, key } of taken) {
        key.writtenAt = now;
        // Moves the key to the end, so that each gets its turn if more keys wait than one flush writes.
        this.keys.delete(id);
        this.keys.set(id, key);
      }
      this.flushedAt = Date.now();
      this.isFailing = false;
    } catch {
      this.failedFlushes += 1;
      this.isFailing = true;
      for (const { key, first } of taken) for (const use of chain(first)) this.see(key, use);
      for (const [slot, count] of totals) this.addTotal(slot, count);
    }
  }

  private async write(taken: Taken[], totals: ReadonlyMap<number, number>) {
    const { rows } = await relaxedly(this.pool, (client) =>
      client.query<{ id: string }>({
        name: 'keydesk_usage',
        text: writeUsage,
        values: usageValues(taken, totals),
      }),
    );
    // An address too many does no harm until the next flush.
    if (rows.length > 0) await trimSources(this.pool, rows).catch(() => undefined);
  }
}
