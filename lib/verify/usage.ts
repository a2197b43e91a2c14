import 'server-only';
import type { Pool } from 'pg';
import { type Code, codes } from './verdict';

const flushEvery = 5_000;
/** A key is written at most twice a minute, however busy it is. */
const keyPause = 30;
/** Keys written by one flush: short statements, so that look-ups do not stand in line behind them. */
const largestFlush = 3_000;
/** Keys remembered at most, about 200 bytes each; beyond that, uses are dropped and counted. */
const mostKeys = 50_000;

/**
 * Small, for there may be very many: times in seconds since 1970, and pairs of slot and count, where
 * a slot is an hour since 1970 and the place of a code in {@link codes}.
 */
type KeyUse = { lastUsedAt: number; writtenAt: number; counts: number[] };

const write = `
  with used as (
    insert into key_usage as u (key_id, hour, code, count)
    select key_id, to_timestamp(hour), code, count
    from unnest($1::uuid[], $2::bigint[], $3::text[], $4::bigint[]) as t (key_id, hour, code, count)
    order by 1, 2, 3
    on conflict (key_id, hour, code) do update set count = u.count + excluded.count
  ), totals as (
    insert into usage_total as u (hour, code, count)
    select to_timestamp(hour), code, count
    from unnest($7::bigint[], $8::text[], $9::bigint[]) as t (hour, code, count)
    order by 1, 2
    on conflict (hour, code) do update set count = u.count + excluded.count
  ), busy as (
    select k.id, t.at from unnest($5::uuid[], $6::float8[]) as t (id, at) join api_key k using (id)
    where k.last_used_at is null or k.last_used_at < to_timestamp(t.at)
    order by k.id for no key update of k
  )
  update api_key k set last_used_at = to_timestamp(busy.at) from busy where k.id = busy.id`;

/**
 * Who was used when, and how often. Counted in memory, so that no verification waits for a write or
 * fails with one; written now and then in one statement.
 */
export class Usage {
  private readonly keys = new Map<string, KeyUse>();
  /** Answers of the whole desk, as pairs like those of a key. */
  private totals: number[] = [];
  private readonly timer: NodeJS.Timeout;
  private flushing: Promise<void> | null = null;
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

  count(keyId: string, code: Code): void {
    const now = Math.floor(this.clock() / 1_000);
    let use = this.keys.get(keyId);
    if (!use) {
      if (this.keys.size >= mostKeys) {
        this.dropped += 1;
        return;
      }
      use = { lastUsedAt: 0, writtenAt: 0, counts: [] };
      this.keys.set(keyId, use);
    }
    if (code === 'VALID') use.lastUsedAt = now;
    add(use.counts, slotOf(now, code), 1);
  }

  /** Counts an answer for the desk as a whole, also where no key is known or remembered. */
  countAnswer(code: Code): void {
    add(this.totals, slotOf(Math.floor(this.clock() / 1_000), code), 1);
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
    const taken = due.map(([id, use]) => ({ id, use, counts: use.counts }));
    for (const { use } of taken) use.counts = [];
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
      for (const { use, counts } of taken) {
        for (const [slot, count] of pairs(counts)) add(use.counts, slot, count);
      }
      for (const [slot, count] of pairs(totals)) add(this.totals, slot, count);
    }
  }

  private async write(taken: Taken[], totals: number[]) {
    const rows = taken.flatMap(({ id, counts }) =>
      pairs(counts).map(([slot, count]) => ({ id, slot, count })),
    );
    const answers = pairs(totals);
    const used = taken.filter(({ use }) => use.lastUsedAt > 0);
    await this.pool.query({
      name: 'keydesk_usage',
      text: write,
      values: [
        rows.map(({ id }) => id),
        rows.map(({ slot }) => hourOf(slot)),
        rows.map(({ slot }) => codeOf(slot)),
        rows.map(({ count }) => count),
        used.map(({ id }) => id),
        used.map(({ use }) => use.lastUsedAt),
        answers.map(([slot]) => hourOf(slot)),
        answers.map(([slot]) => codeOf(slot)),
        answers.map(([, count]) => count),
      ],
    });
  }
}

type Taken = { id: string; use: KeyUse; counts: number[] };

const slotOf = (now: number, code: Code) =>
  Math.floor(now / 3_600) * codes.length + codes.indexOf(code);
/** In seconds since 1970. */
const hourOf = (slot: number) => Math.floor(slot / codes.length) * 3_600;
const codeOf = (slot: number) => codes[slot % codes.length];

function add(counts: number[], slot: number, count: number) {
  for (let at = 0; at < counts.length; at += 2) {
    if (counts[at] !== slot) continue;
    counts[at + 1] = (counts[at + 1] ?? 0) + count;
    return;
  }
  counts.push(slot, count);
}

function pairs(counts: number[]): [slot: number, count: number][] {
  return counts.flatMap((slot, at) =>
    at % 2 ? [] : [[slot, counts[at + 1] ?? 0] as [number, number]],
  );
}
