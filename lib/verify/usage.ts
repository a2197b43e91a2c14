import 'server-only';
import type { Pool } from 'pg';
import { countSource, type Source } from './sources';
import { trimSources, triples, usageValues, writeUsage } from './usage-rows';
import { type Code, codes } from './verdict';

const flushEvery = 5_000;
/** A key is written at most twice a minute, however busy it is. */
const keyPause = 30;
/** Keys written by one flush: short statements, so that look-ups do not stand in line behind them. */
const largestFlush = 3_000;
/** Keys remembered at most, about 200 bytes each; beyond that, uses are dropped and counted. */
const mostKeys = 50_000;
/** Addresses remembered at most beyond the first of each secret; others are not named, but counted. */
const mostAddresses = 50_000;

/**
 * Small, for there may be very many: times in seconds since 1970, and triples of slot, version of the
 * secret and count, where a slot is an hour since 1970 and the place of a code in {@link codes}.
 */
type KeyUse = { lastUsedAt: number; writtenAt: number; counts: number[]; sources: Source[] };

/**
 * Who was used when, and how often. Counted in memory, so that no verification waits for a write or
 * fails with one; written now and then in one statement.
 */
export class Usage {
  private readonly keys = new Map<string, KeyUse>();
  /** Answers of the whole desk, as triples like those of a key, of no version. */
  private totals: number[] = [];
  private readonly timer: NodeJS.Timeout;
  private flushing: Promise<void> | null = null;
  private addresses = 0;
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
    const now = Math.floor(this.clock() / 1_000);
    let use = this.keys.get(keyId);
    if (!use) {
      if (this.keys.size >= mostKeys) {
        this.dropped += 1;
        return;
      }
      use = { lastUsedAt: 0, writtenAt: 0, counts: [], sources: [] };
      this.keys.set(keyId, use);
    }
    if (code === 'VALID') use.lastUsedAt = now;
    add(use.counts, slotOf(now, code), version, 1);
    this.see(use, version, address ?? '', now);
  }

  private see(use: KeyUse, version: number, address: string, lastSeen: number, calls = 1) {
    const room = mostAddresses - this.addresses;
    this.addresses += countSource(use.sources, room, version, address, lastSeen, calls);
  }

  /** Counts an answer for the desk as a whole, also where no key is known or remembered. */
  countAnswer(code: Code): void {
    add(this.totals, slotOf(Math.floor(this.clock() / 1_000), code), 0, 1);
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
    return this.keys.size > 0 || this.totals.length > 0;
  }

  private async writeDue(all: boolean) {
    const now = Math.floor(this.clock() / 1_000);
    const due: [string, KeyUse][] = [];
    for (const [id, use] of this.keys) {
      const rested = all || now - use.writtenAt >= keyPause;
      if (rested && use.counts.length === 0) this.keys.delete(id);
      else if (rested && due.push([id, use]) >= largestFlush) break;
    }
    const taken = due.map(([id, use]) => ({ id, use, counts: use.counts, sources: use.sources }));
    for (const { use } of taken) {
      this.addresses -= use.sources.length;
      use.counts = [];
      use.sources = [];
    }
    const totals = this.totals;
    this.totals = [];
    try {
      if (taken.length + totals.length > 0) await this.write(taken, totals);
      for (const { id, use } of taken) {
        use.writtenAt = now;
        // To the end of the line: where more keys wait than one flush writes, each gets its turn.
        this.keys.delete(id);
        this.keys.set(id, use);
      }
      this.flushedAt = Date.now();
    } catch {
      this.failedFlushes += 1;
      for (const { use, counts, sources } of taken) {
        for (const [slot, version, count] of triples(counts)) add(use.counts, slot, version, count);
        for (const { version, address, lastSeen, calls } of sources) {
          this.see(use, version, address, lastSeen, calls);
        }
      }
      for (const [slot, , count] of triples(totals)) add(this.totals, slot, 0, count);
    }
  }

  private async write(taken: Taken[], totals: number[]) {
    const { rows } = await this.pool.query<{ id: string }>({
      name: 'keydesk_usage',
      text: writeUsage,
      values: usageValues(taken, totals),
    });
    // What is one address too many does no harm until the next time.
    if (rows.length > 0) await trimSources(this.pool, rows).catch(() => undefined);
  }
}

type Taken = { id: string; use: KeyUse; counts: number[]; sources: Source[] };

const slotOf = (now: number, code: Code) =>
  Math.floor(now / 3_600) * codes.length + codes.indexOf(code);

function add(counts: number[], slot: number, version: number, count: number) {
  for (let at = 0; at < counts.length; at += 3) {
    if (counts[at] !== slot || counts[at + 1] !== version) continue;
    counts[at + 2] = (counts[at + 2] ?? 0) + count;
    return;
  }
  counts.push(slot, version, count);
}
