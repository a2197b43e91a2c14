import 'server-only';
import type { Pool } from 'pg';
import { type Taken, trimSources, usageValues, writeUsage } from './usage-rows';
import { chain, countUse, type KeyUse, type Seen, slotOf } from './uses';
import type { Code } from './verdict';

const flushEvery = 5_000;
/** A key is written at most twice a minute, however busy it is. */
const keyPause = 30;
/** Keys written by one flush: short statements, so that look-ups do not stand in line behind them. */
const largestFlush = 3_000;
/** Keys remembered at most, about 300 bytes each; beyond that, uses are dropped and counted. */
const mostKeys = 50_000;
/** Uses remembered at most beyond the first of each key; further addresses are not named, but counted. */
const mostUses = 50_000;

/**
 * Who was used when, and how often. Counted in memory, so that no verification waits for a write or
 * fails with one; written now and then in one statement.
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
  private readonly startedAt = Date.now();
  private flushedAt = Date.now();

  constructor(
    private readonly pool: Pool,
    private readonly clock: () => number = Date.now,
  ) {
    this.timer = setInterval(() => void this.flush(), flushEvery);
    this.timer.unref();
  }

  /** Age of the oldest successful look at what is to be written, in seconds. */
  get lag(): number {
    return Math.max(0, (Date.now() - Math.max(this.flushedAt, this.startedAt)) / 1_000);
  }

  /** @param address where the caller says that the call came from */
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

  /** Counts an answer for the desk as a whole, also where no key is known or remembered. */
  countAnswer(code: Code): void {
    this.addTotal(slotOf(Math.floor(this.clock() / 1_000), code), 1);
  }

  private addTotal(slot: number, count: number) {
    this.totals.set(slot, (this.totals.get(slot) ?? 0) + count);
  }

  /** Writes what is due, or at the end all there is; what could not be written stays for next time. */
  flush({ all = false } = {}): Promise<void> {
    this.flushing ??= this.writeDue(all).finally(() => {
      this.flushing = null;
    });
    return this.flushing;
  }

  /** The last flush. Gives up at the first failure: the process must be able to end without PostgreSQL. */
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
        // To the end of the line: where more keys wait than one flush writes, each gets its turn.
        this.keys.delete(id);
        this.keys.set(id, key);
      }
      this.flushedAt = Date.now();
    } catch {
      this.failedFlushes += 1;
      for (const { key, first } of taken) for (const use of chain(first)) this.see(key, use);
      for (const [slot, count] of totals) this.addTotal(slot, count);
    }
  }

  private async write(taken: Taken[], totals: ReadonlyMap<number, number>) {
    const { rows } = await this.pool.query<{ id: string }>({
      name: 'keydesk_usage',
      text: writeUsage,
      values: usageValues(taken, totals),
    });
    // What is one address too many does no harm until the next time.
    if (rows.length > 0) await trimSources(this.pool, rows).catch(() => undefined);
  }
}
