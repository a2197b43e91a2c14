import 'server-only';
import type { Pool } from 'pg';
import { relaxedly } from '@/db/relaxed-commit';

const flushEvery = 5_000;
/** Moves kept in memory at most. A secret that does not fit is noted again at its next use. */
const mostMoves = 20_000;
const largestFlush = 1_000;

const moves = `unnest($1::text[], $2::text[]) as t (old, new)`;

/**
 * Changes a row only if its MAC is unchanged, so that an earlier regenerate wins. Locks in the order of ids,
 * like the usage flush, so that the two cannot deadlock.
 */
const moveKeys = `
  with moving as (
    select k.id, k.secret_mac as old, decode(t.new, 'hex') as new
    from ${moves} join api_key k on k.secret_mac = decode(t.old, 'hex')
    order by k.id for update of k
  )
  update api_key k set secret_mac = moving.new, secret_pepper = $3
  from moving where k.id = moving.id and k.secret_mac = moving.old`;

/** Runs after the keys, so that it finds a MAC that a regenerate has just moved here. */
const moveFormer = `
  with moving as (
    select f.mac as old, decode(t.new, 'hex') as new
    from ${moves} join former_secret f on f.mac = decode(t.old, 'hex')
    order by f.mac for update of f
  )
  update former_secret f set mac = moving.new, pepper = $3
  from moving where f.mac = moving.old`;

/**
 * Moves used secrets to the newest pepper. Verification only notes them in memory, and a flush writes them
 * every few seconds. A lost note is made again at the next use.
 */
export class PepperMigration {
  private readonly waiting = new Map<string, string>();
  private readonly timer: NodeJS.Timeout;
  private flushing: Promise<void> | null = null;
  failedFlushes = 0;

  constructor(
    private readonly pool: Pool,
    private readonly newestVersion: number,
  ) {
    this.timer = setInterval(() => void this.flush(), flushEvery);
    this.timer.unref();
  }

  /** Both MACs are in hex: `old` was found, `newest` is of the same secret under the newest pepper. */
  note(old: string, newest: string): void {
    if (this.waiting.size < mostMoves) this.waiting.set(old, newest);
  }

  flush(): Promise<void> {
    this.flushing ??= this.writeAll().finally(() => {
      this.flushing = null;
    });
    return this.flushing;
  }

  async end(): Promise<void> {
    clearInterval(this.timer);
    await this.flushing;
    await this.flush();
  }

  private async writeAll() {
    while (this.waiting.size > 0) {
      const some = [...this.waiting].slice(0, largestFlush);
      try {
        await this.write(some);
      } catch {
        this.failedFlushes += 1;
        return;
      }
      for (const [old] of some) this.waiting.delete(old);
    }
  }

  private async write(some: [old: string, newest: string][]) {
    const values = [some.map(([old]) => old), some.map(([, newest]) => newest), this.newestVersion];
    const statements = [
      { name: 'keydesk_re_mac_keys', text: moveKeys, values },
      { name: 'keydesk_re_mac_former', text: moveFormer, values },
    ];
    for (const statement of statements) {
      await relaxedly(this.pool, (client) => client.query(statement));
    }
  }
}
