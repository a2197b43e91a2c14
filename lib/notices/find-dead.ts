import 'server-only';
import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { keyHint } from '@/lib/keys/key-summary';
import { deadAddress } from '@/lib/keys/use/dead-address';
import { settings } from '@/lib/settings/settings';
import type { FoundKey } from './messages';
import { hasAudience, keysAtOnce, tell } from './write-message';

/**
 * Writes notices about deleted keys and replaced secrets that callers presented in the last 24 hours. Each
 * key has at most one notice per UTC day, and only for calls not yet reported. Calls are counted by the hour,
 * and the count of the newest hour is kept, so that its calls are not reported twice.
 *
 * @returns how many keys were reported
 */
export async function tellOfDead(tx: Queryable, size = keysAtOnce): Promise<number> {
  if (!(await hasAudience(tx, 'key.dead_in_use'))) return 0;
  type Row = FoundKey & {
    deleted: boolean;
    calls: string;
    address: string | null;
    last: number;
  };
  const { rows } = await tx.execute<Row>(sql`
    with recent as (
      select key_id, hour, sum(count) as count from key_usage
      where code = 'NOT_FOUND' and hour > now() - interval '24 hours'
      group by key_id, hour
    ), fresh as (
      select r.key_id, sum(r.count - case when r.hour = l.hour then l.calls else 0 end) as calls,
        max(r.hour) as hour, (array_agg(r.count order by r.hour desc))[1] as in_hour
      from recent r left join lateral (
        select hour, calls from dead_notice n where n.key_id = r.key_id
        order by day desc limit 1) l on true
      where l.hour is null or r.hour >= l.hour
      group by r.key_id
    ), due as (
      select f.* from fresh f join api_key k on k.id = f.key_id
      where f.calls > 0 and not exists (
        select from dead_notice n
        where n.key_id = f.key_id and n.day >= (now() at time zone 'UTC')::date)
      order by f.calls desc, f.key_id limit ${size}
    ), told as (
      insert into dead_notice (key_id, day, hour, calls)
      select key_id, (now() at time zone 'UTC')::date, hour, in_hour from due order by key_id
      on conflict do nothing returning key_id
    )
    select ${apiKey.id}, ${apiKey.name}, o.username, ${keyHint} as hint,
      api_key.deleted_at is not null as deleted, due.calls,
      extract(epoch from due.hour)::float8 as last,
      nullif(${deadAddress(sql`due.hour`)}, '') as address
    from told join due using (key_id) join api_key on api_key.id = key_id
      join directory_user o on o.id = api_key.owner_id
    order by due.calls desc, key_id`);
  const home = settings().AUTH_URL;
  const keys = rows.map(({ deleted, calls, address, last, ...key }) => ({
    ...key,
    secret: deleted ? ('deleted' as const) : ('replaced' as const),
    calls: Number(calls),
    lastAddress: address,
    lastTriedAt: new Date(last * 1_000).toISOString(),
    link: deleted ? `${home}/keys/deleted` : `${home}/keys/${key.id}`,
  }));
  await tell(tx, 'key.dead_in_use', keys);
  return keys.length;
}
