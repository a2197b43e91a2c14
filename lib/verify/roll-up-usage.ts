import 'server-only';
import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';

/** Days for which usage is kept by the hour. Older usage is kept by the day. */
export const hourlyDays = 35;
/** Days after which usage is deleted. */
export const usageDays = 400;

const batch = 20_000;

/**
 * Adds up the hours of old days to one row for each day, key, code and secret, in the row of midnight. Skips
 * rows that another instance has locked, so each row is moved exactly once.
 *
 * @returns how many rows were moved
 */
export async function rollUpUsage(tx: Queryable, size = batch): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    with old as (
      select key_id, hour, code, version from key_usage
      where hour < date_trunc('day', now() - make_interval(days => ${hourlyDays}), 'UTC')
        and hour <> date_trunc('day', hour, 'UTC')
      order by key_id, hour, code, version limit ${size} for update skip locked
    ), gone as (
      delete from key_usage u using old
      where u.key_id = old.key_id and u.hour = old.hour and u.code = old.code and u.version = old.version
      returning u.key_id, date_trunc('day', u.hour, 'UTC') as day, u.code, u.version, u.count
    ), days as (
      insert into key_usage as u (key_id, hour, code, version, count)
      select key_id, day, code, version, sum(count) from gone
      group by 1, 2, 3, 4 order by 1, 2, 3, 4
      on conflict (key_id, hour, code, version) do update set count = u.count + excluded.count
    )
    select from gone`);
  return rowCount ?? 0;
}

/** @returns how many rows were deleted */
export async function forgetUsage(tx: Queryable, size = batch): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    with old as (
      select key_id, hour, code, version from key_usage
      where hour < now() - make_interval(days => ${usageDays})
      order by key_id, hour, code, version limit ${size} for update skip locked
    )
    delete from key_usage u using old
    where u.key_id = old.key_id and u.hour = old.hour and u.code = old.code and u.version = old.version`);
  return rowCount ?? 0;
}

/** Deletes addresses without a call for as long as usage is kept. */
export async function forgetSources(tx: Queryable, size = batch): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    with old as (
      select key_id, version, address from key_source
      where last_seen < now() - make_interval(days => ${usageDays})
      order by key_id, version, address limit ${size} for update skip locked
    )
    delete from key_source s using old
    where s.key_id = old.key_id and s.version = old.version and s.address = old.address`);
  return rowCount ?? 0;
}

/** Does the same for the totals of the desk: a few rows for each hour, too few to roll up. */
export async function forgetTotals(tx: Queryable): Promise<number> {
  const { rowCount } = await tx.execute(
    sql`delete from usage_total where hour < now() - make_interval(days => ${usageDays})`,
  );
  return rowCount ?? 0;
}
