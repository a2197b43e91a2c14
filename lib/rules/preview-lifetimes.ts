import 'server-only';
import { sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { findKeyPolicy } from '@/lib/keys/policy/key-policy';
import { isServiceKeySql } from '@/lib/keys/reserved-scopes';
import { livesTooLong, momentOf, shortenedEnd } from './lifetime-sql';

export type LifetimePreview = {
  /** The maximum lifetime in days. */
  days: number;
  /** How many keys get another end, and how many of them on the date itself. */
  keys: number;
  onTheDay: number;
  /** The last of the new ends. Null if no key is concerned. */
  lastEnd: Date | null;
  /** Service keys that live too long as well, and are left alone. */
  serviceKeys: number;
};

/** What bringing existing keys under the maximum lifetime would do; null while there is none. */
export async function previewLifetimes(
  administrator: Administrator,
  until: string,
  tx: Queryable = database(),
): Promise<LifetimePreview | null> {
  authorize(administrator, 'admin');
  const { longestLifetime: days } = await findKeyPolicy(tx);
  if (days === null) return null;
  const grace = momentOf(until);
  const end = shortenedEnd(days, grace);
  type Row = Omit<LifetimePreview, 'days' | 'lastEnd'> & { last: number | null };
  const { rows } = await tx.execute<Row>(sql`
    select count(*)::int as keys, count(*) filter (where ${end} = ${grace})::int as "onTheDay",
      extract(epoch from max(${end}))::float8 as last,
      (select count(*)::int from api_key where deleted_at is null and ${isServiceKeySql}
        and coalesce(expires_at, 'infinity') > ${end}) as "serviceKeys"
    from api_key where ${livesTooLong(days, grace)}`);
  const [row] = rows;
  if (!row) throw new Error('Counts of no rows are missing.');
  const { last, ...counts } = row;
  return { days, ...counts, lastEnd: last === null ? null : new Date(last * 1_000) };
}

export type LifetimeRun = { total: number; changed: number; until: Date; finished: boolean };

/** The newest run, whether or not it is over. */
export async function findLifetimeRun(administrator: Administrator): Promise<LifetimeRun | null> {
  authorize(administrator, 'admin');
  type Row = { total: number; changed: number; until: number; finished: boolean };
  const { rows } = await database().execute<Row>(sql`
    select total, changed, extract(epoch from grace_until)::float8 as until,
      finished_at is not null as finished
    from lifetime_run order by started_at desc limit 1`);
  const [row] = rows;
  return row ? { ...row, until: new Date(row.until * 1_000) } : null;
}
