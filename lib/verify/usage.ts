import 'server-only';
import type { Pool } from 'pg';
import { type Code, codes } from './verdict';

const flushEvery = 5_000;
/** A key is written at most twice a minute, however busy it is. */
const keyPause = 30_000;
/** Keys written by one flush: short statements, so that look-ups do not stand in line behind them. */
const largestFlush = 2_000;
/** Keys remembered at most, about 200 bytes each; beyond that, uses are dropped and counted. */
const mostKeys = 100_000;
const hour = 3_600_000;

/** Hours since 1970, and how often each of {@link codes} was the answer. */
type HourOfUse = { hour: number; counts: number[] };
type KeyUse = { lastUsedAt: number; writtenAt: number; hours: HourOfUse[] };

const write = `
  with used as (
    insert into key_usage as u (key_id, hour, code, count)
    select key_id, to_timestamp(hour), code, count
    from unnest($1::uuid[], $2::bigint[], $3::text[], $4::bigint[]) as t (key_id, hour, code, count)
    order by 1, 2, 3
    on conflict (key_id, hour, code) do update set count = u.count + excluded.count
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
  private readonly timer: NodeJS.Timeout;
  private flushing: Promise<void> | null = null;
  /** Uses that were not counted because too many keys waited to be written. */
  dropped = 0;
  failedFlushes = 0;
  private readonly startedAt = Date.now();
  private flushedAt = Date.now();

  constructor(
    private readonly pool: Pool,
    private readonly now: () => number = Date.now,
  ) {
    this.timer = setInterval(() => void this.flush(), flushEvery);
    this.timer.unref();
  }

  /** Age of the oldest successful look at what is to be written, in seconds. */
  get lag(): number {
    return Math.max(0, (Date.now() - Math.max(this.flushedAt, this.startedAt)) / 1_000);
  }

  count(keyId: string, code: Code): void {
    const now = this.now();
    let use = this.keys.get(keyId);
    if (!use) {
      if (this.keys.size >= mostKeys) {
        this.dropped += 1;
        return;
      }
      use = { lastUsedAt: 0, writtenAt: 0, hours: [] };
      this.keys.set(keyId, use);
    }
    if (code === 'VALID') use.lastUsedAt = now;
    add(use, Math.floor(now / hour), codes.indexOf(code), 1);
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
    while (this.keys.size > 0 && this.failedFlushes === failures);
  }

  private async writeDue(all: boolean) {
    const now = this.now();
    const due: [string, KeyUse][] = [];
    for (const [id, use] of this.keys) {
      const rested = all || now - use.writtenAt >= keyPause;
      if (rested && use.hours.length === 0) this.keys.delete(id);
      else if (rested && due.push([id, use]) >= largestFlush) break;
    }
    const taken = due.map(([id, use]) => ({ id, use, hours: use.hours }));
    for (const { use } of taken) use.hours = [];
    try {
      if (taken.length > 0) await this.write(taken);
      for (const { use } of taken) use.writtenAt = now;
      this.flushedAt = Date.now();
    } catch {
      this.failedFlushes += 1;
      for (const { use, hours } of taken) putBack(use, hours);
    }
  }

  private async write(taken: Taken[]) {
    const rows = taken.flatMap(({ id, hours }) => hours.flatMap((one) => rowsOf(id, one)));
    const used = taken.filter(({ use }) => use.lastUsedAt > 0);
    await this.pool.query({
      name: 'keydesk_usage',
      text: write,
      values: [
        rows.map(({ id }) => id),
        rows.map(({ hour: since1970 }) => (since1970 * hour) / 1_000),
        rows.map(({ code }) => code),
        rows.map(({ count }) => count),
        used.map(({ id }) => id),
        used.map(({ use }) => use.lastUsedAt / 1_000),
      ],
    });
  }
}

type Taken = { id: string; use: KeyUse; hours: HourOfUse[] };

function rowsOf(id: string, { hour: since1970, counts }: HourOfUse) {
  return codes.flatMap((code, index) => {
    const count = counts[index] ?? 0;
    return count > 0 ? [{ id, hour: since1970, code, count }] : [];
  });
}

function add(use: KeyUse, since1970: number, code: number, count: number) {
  let current = use.hours.find((one) => one.hour === since1970);
  if (!current) {
    current = { hour: since1970, counts: codes.map(() => 0) };
    use.hours.push(current);
  }
  current.counts[code] = (current.counts[code] ?? 0) + count;
}

function putBack(use: KeyUse, hours: HourOfUse[]) {
  for (const { hour: since1970, counts } of hours) {
    for (const [code, count] of counts.entries()) if (count > 0) add(use, since1970, code, count);
  }
}
