import 'server-only';
import type { ClientConfig } from 'pg';
import type { Connection } from './connection';
import { TurnQueue } from './turn-queue';

export type RateLimit = { calls: number; seconds: number };

/** The state of a key's limit after a call. `resetAt` is the end of the window in RFC 3339, UTC. */
export type RateState = {
  allowed: boolean;
  limit: number;
  seconds: number;
  remaining: number;
  resetAt: string;
};

export type RateCounter = TurnQueue<{ keyId: string; limit: RateLimit }, RateState>;

const session = {
  application_name: 'keydesk rate',
  jit: 'off',
  lock_timeout: '1s',
  timezone: 'UTC',
};

/**
 * Windows begin at whole multiples of their length on the clock of the database, so that all instances agree
 * on them. Each key has one row, and rows are locked in the order of ids, so there are no deadlocks.
 */
export const rateText = `
  with asked as (
    select id, calls, to_timestamp(floor(extract(epoch from now()) / seconds) * seconds) as start
    from unnest($1::uuid[], $2::int[], $3::int[]) as t (id, calls, seconds)
  )
  insert into key_rate as r (key_id, window_start, spent)
  select id, start, calls from asked order by id
  on conflict (key_id) do update set
    spent = least(2000000000, excluded.spent::bigint
      + case when r.window_start = excluded.window_start then r.spent else 0 end)::int,
    window_start = excluded.window_start
  returning r.key_id, r.spent, extract(epoch from r.window_start)`;

/**
 * Opens the counter for limited keys. It is exact across instances and costs a write for each call. The table is
 * not logged, so that the write waits neither for the disk nor for a standby.
 */
export function openRateCounter(connection: ClientConfig): RateCounter {
  return new TurnQueue({
    connection,
    connections: 2,
    session,
    mostWaiting: 2_000,
    largestBatch: 250,
    // A lost statement may have been carried out, and sending it again could count twice.
    repeatable: false,
    answer: spendAll,
  });
}

type Spending = { keyId: string; limit: RateLimit };

async function spendAll(connection: Connection, items: Spending[]): Promise<RateState[]> {
  const calls = new Map<string, number>();
  const limits = new Map<string, RateLimit>();
  for (const { keyId, limit } of items) {
    calls.set(keyId, (calls.get(keyId) ?? 0) + 1);
    limits.set(keyId, limit);
  }
  const rows = await connection.run({
    name: 'keydesk_rate',
    text: rateText,
    values: [
      [...calls.keys()],
      [...calls.values()],
      [...limits.values()].map(({ seconds }) => seconds),
    ],
    rowMode: 'array',
  });
  /** What was spent before this statement. Each call in the statement takes the next number. */
  const spent = new Map(rows.map(([id = '', after]) => [id, Number(after) - (calls.get(id) ?? 0)]));
  const starts = new Map(rows.map(([id = '', , start]) => [id, Number(start)]));
  return items.map(({ keyId, limit }) => {
    const place = (spent.get(keyId) ?? Number.MAX_SAFE_INTEGER) + 1;
    spent.set(keyId, place);
    const end = (starts.get(keyId) ?? 0) + limit.seconds;
    return {
      allowed: place <= limit.calls,
      limit: limit.calls,
      seconds: limit.seconds,
      remaining: Math.max(0, limit.calls - place),
      resetAt: new Date(end * 1_000).toISOString(),
    };
  });
}
