import 'server-only';
import { sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { keyHint } from '@/lib/keys/key-summary';

export type TopKey = {
  id: string;
  ownerId: string;
  username: string;
  hint: string;
  name: string;
  calls: number;
  refused: number;
};

const mostShown = 5;
/** Looked at in each hour; who is busy over a day is among the busiest of some hour of it. */
const candidatesPerHour = 100;

/**
 * The keys asked for most over 24 hours, without a look at the others. Services' own keys are left
 * out: they are counted where they ask.
 */
export async function listTopKeys(administrator: Administrator): Promise<TopKey[]> {
  authorize(administrator, 'viewer');
  const { rows } = await database().execute<Omit<TopKey, 'calls'> & { calls: string }>(sql`
    with candidate as materialized (
      select distinct busiest.key_id
      from (select date_trunc('hour', now(), 'UTC') as newest) clock,
        generate_series(newest - interval '23 hours', newest, interval '1 hour') step,
        lateral (select key_id from key_usage where hour = step
          order by count desc limit ${candidatesPerHour}) busiest
    )
    select api_key.id, o.id as "ownerId", o.username, api_key.name, total.calls, total.refused::float8 as refused,
      ${keyHint} as hint
    from candidate, api_key, directory_user o,
      lateral (select sum(count) as calls,
          coalesce(sum(count) filter (where code <> 'VALID'), 0) as refused
        from key_usage u where u.key_id = candidate.key_id
          and u.hour >= date_trunc('hour', now(), 'UTC') - interval '23 hours') total
    where api_key.id = candidate.key_id and api_key.deleted_at is null and o.id = api_key.owner_id
      and not exists (select from unnest(api_key.scopes) scope where scope like 'keydesk:%')
    order by total.calls desc, api_key.id limit ${mostShown}`);
  return rows.map((row) => ({ ...row, calls: Number(row.calls) }));
}
