import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { keyHint } from '../key-summary';
import { beforeSpan, type Calls, callsJson, lastUseOf, moment, usedLately } from './use-sql';

export type BusyKey = {
  id: string;
  username: string;
  hint: string;
  lastUsedAt: string | null;
  day: Calls;
  week: Calls;
};

/** The impact of taking many keys away at once. Times are RFC 3339. */
export type UseOfMany = {
  keys: number;
  /** How many were used in the last 24 hours and 7 days. Only accepted calls count. */
  usedInDay: number;
  usedInWeek: number;
  day: Calls;
  /** The keys with the most calls in 24 hours, then those used last. */
  busiest: BusyKey[];
};

const mostNamed = 5;

/** The remaining keys of a bulk change. */
export const leftOfBulk = (bulkId: string): SQL =>
  sql`select key_id from bulk_change_key where bulk_id = ${bulkId} and outcome is null`;

/** The impact of a bulk change of this administrator: the use of its remaining keys. */
export async function findUseOfBulk(administrator: Administrator, id: string): Promise<UseOfMany> {
  authorize(administrator, 'operator');
  return findUse(sql`${leftOfBulk(id)} and exists (select from bulk_change
    where id = ${id} and administrator_id = ${administrator.id})`);
}

/** How much the keys of a user are used. */
export async function findUseOfOwner(
  administrator: Administrator,
  ownerId: string,
): Promise<UseOfMany> {
  authorize(administrator, 'viewer');
  return findUse(sql`select id from api_key where owner_id = ${ownerId} and deleted_at is null`);
}

/**
 * Counts the calls of one day, and those of a week only for the named keys. 10,000 keys that are called every
 * hour have over a million rows in a week.
 */
async function findUse(ids: SQL): Promise<UseOfMany> {
  const { rows } = await database().execute<{ use: UseOfMany }>(sql`
    with counted as materialized (
      select api_key.id, owner_id, ${lastUseOf(apiKey.id)} as last_used_at, ${keyHint} as hint, calls, refused
      from api_key, lateral (
        select coalesce(sum(count), 0) as calls,
          coalesce(sum(count) filter (where code <> 'VALID'), 0) as refused
        from key_usage where key_id = api_key.id and hour > ${beforeSpan('1 day')}) u
      where api_key.id in (${ids}) and deleted_at is null
    ), busiest as (
      select * from counted where calls > 0 or last_used_at > now() - interval '7 days'
      order by calls desc, last_used_at desc nulls last, id limit ${mostNamed}
    )
    select json_build_object(
      'keys', count(*),
      'usedInDay', count(*) filter (where ${usedLately(sql`last_used_at`)}),
      'usedInWeek', count(*) filter (where last_used_at > now() - interval '7 days'),
      'day', json_build_object('calls', coalesce(sum(calls), 0), 'refused', coalesce(sum(refused), 0)),
      'busiest', (select coalesce(json_agg(json_build_object('id', b.id, 'username', o.username,
          'hint', hint, 'lastUsedAt', ${moment('last_used_at')}, 'week', w.week,
          'day', json_build_object('calls', calls, 'refused', refused))
          order by calls desc, last_used_at desc nulls last, b.id), '[]')
        from busiest b join directory_user o on o.id = b.owner_id, lateral (
          select ${callsJson('7 days')} as week
          from key_usage where key_id = b.id and hour > ${beforeSpan('7 days')}) w)
    ) as use
    from counted`);
  const use = rows[0]?.use;
  if (!use) throw new Error('Sums of no rows are missing.');
  return use;
}

/** Calls of each of these keys, by id. For lists of keys that the reader is allowed to see. */
export async function findCallsOf(
  ids: string[],
): Promise<Record<string, { day: Calls; week: Calls }>> {
  const { rows } = await database().execute<{ id: string; day: Calls; week: Calls }>(sql`
    select chosen.id, u.day, u.week
    from unnest(${sql.param(ids)}::uuid[]) chosen (id), lateral (
      select ${callsJson('1 day')} as day, ${callsJson('7 days')} as week
      from key_usage where key_id = chosen.id and hour > ${beforeSpan('7 days')}) u`);
  return Object.fromEntries(rows.map(({ id, ...calls }) => [id, calls]));
}
