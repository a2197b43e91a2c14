import 'server-only';
import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';

/** Days for which usage is known by the hour; older, it is known by the day. */
export const hourlyDays = 35;
/** Days after which usage is forgotten. */
export const usageDays = 400;

const batch = 20_000;

/**
 * Adds the hours of days long past up to one row for each day, key and code, in the row of midnight.
 * What one instance holds the next one passes by; each row is moved exactly once.
 *
 * @returns how many rows were moved
 */
export async function rollUpUsage(tx: Queryable, size = batch): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    with old as (
      select key_id, hour, code from key_usage
      where hour < date_trunc('day', now() - make_interval(days => ${hourlyDays}), 'UTC')
        and hour <> date_trunc('day', hour, 'UTC')
      order by key_id, hour, code limit ${size} for update skip locked
    ), gone as (
      delete from key_usage u using old
      where u.key_id = old.key_id and u.hour = old.hour and u.code = old.code
      returning u.key_id, date_trunc('day', u.hour, 'UTC') as day, u.code, u.count
    ), days as (
      insert into key_usage as u (key_id, hour, code, count)
      select key_id, day, code, sum(count) from gone group by 1, 2, 3 order by 1, 2, 3
      on conflict (key_id, hour, code) do update set count = u.count + excluded.count
    )
    select from gone`);
  return rowCount ?? 0;
}

/** @returns how many rows were forgotten */
export async function forgetUsage(tx: Queryable, size = batch): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    with old as (
      select key_id, hour, code from key_usage
      where hour < now() - make_interval(days => ${usageDays})
      order by key_id, hour, code limit ${size} for update skip locked
    )
    delete from key_usage u using old
    where u.key_id = old.key_id and u.hour = old.hour and u.code = old.code`);
  return rowCount ?? 0;
}

/** The same for the totals of the desk: a few rows for each hour, which need no rolling up. */
export async function forgetTotals(tx: Queryable): Promise<number> {
  const { rowCount } = await tx.execute(
    sql`delete from usage_total where hour < now() - make_interval(days => ${usageDays})`,
  );
  return rowCount ?? 0;
}
