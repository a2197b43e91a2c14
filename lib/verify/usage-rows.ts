import 'server-only';
import type { Pool } from 'pg';
import { relaxedly } from '@/db/relaxed-commit';
import { chain, codeOf, hourOf, type KeyUse, mostSources, type Use } from './uses';

/**
 * One statement, so that a failed flush can be repeated as a whole. Returns the keys that have a new address.
 */
export const writeUsage = `
  with use as (
    select * from unnest($1::uuid[], $2::bigint[], $3::text[], $4::int[], $5::text[], $6::float8[],
      $7::bigint[]) as t (key_id, hour, code, version, address, last_seen, calls)
  ), used as (
    insert into key_usage as u (key_id, hour, code, version, count)
    select key_id, to_timestamp(hour), code, version, sum(calls) from use
    group by 1, 2, 3, 4 order by 1, 2, 3, 4
    on conflict (key_id, hour, code, version) do update set count = u.count + excluded.count
  ), seen as (
    insert into key_source as s (key_id, version, address, last_seen, calls)
    select key_id, version, address, to_timestamp(max(last_seen)), sum(calls) from use
    where address is not null
    group by 1, 2, 3 order by 1, 2, 3
    on conflict (key_id, version, address) do update set
      last_seen = greatest(s.last_seen, excluded.last_seen), calls = s.calls + excluded.calls
    returning key_id, xmax = 0 as fresh
  ), totals as (
    insert into usage_total as u (hour, code, count)
    select to_timestamp(hour), code, count
    from unnest($8::bigint[], $9::text[], $10::bigint[]) as t (hour, code, count)
    order by 1, 2
    on conflict (hour, code) do update set count = u.count + excluded.count
  ), busy as (
    select k.key_id, t.at
    from (select key_id, to_timestamp(max(last_seen)) as at from use where code = 'VALID' group by 1) t
      join key_last_use k using (key_id)
    where k.used_at < t.at
    order by k.key_id for no key update of k
  ), touched as (
    update key_last_use k set used_at = busy.at from busy where k.key_id = busy.key_id
  )
  select distinct key_id as id from seen where fresh`;

/** Runs rarely: only for keys with an address that was not among the latest. */
export const trimText = `
  with extra as (
    select key_id, version, address from (
      select *, row_number() over (partition by key_id, version order by last_seen desc, address) as n
      from key_source where key_id = any($1::uuid[])
    ) ranked where n > $2
  ), old as (
    select s.key_id, s.version, s.address from key_source s
      join extra using (key_id, version, address)
    order by 1, 2, 3 for update of s skip locked
  )
  delete from key_source s using old
  where s.key_id = old.key_id and s.version = old.version and s.address = old.address`;

/** What one flush takes from a key. */
export type Taken = { id: string; key: KeyUse; first: Use | null };

/** The parameters of {@link writeUsage}: the uses of keys, then the answers of the whole desk by slot. */
export function usageValues(taken: Taken[], totals: ReadonlyMap<number, number>): unknown[][] {
  const uses = taken.flatMap(({ id, first }) => Array.from(chain(first), (use) => ({ id, use })));
  const slots = [...totals.keys()];
  return [
    uses.map(({ id }) => id),
    uses.map(({ use }) => hourOf(use.slot)),
    uses.map(({ use }) => codeOf(use.slot)),
    uses.map(({ use }) => use.version),
    uses.map(({ use }) => use.address),
    uses.map(({ use }) => use.lastSeen),
    uses.map(({ use }) => use.calls),
    slots.map(hourOf),
    slots.map(codeOf),
    [...totals.values()],
  ];
}

export async function trimSources(pool: Pool, keys: { id: string }[]): Promise<void> {
  const ids = keys.map(({ id }) => id);
  await relaxedly(pool, (client) =>
    client.query({ name: 'keydesk_sources', text: trimText, values: [ids, mostSources] }),
  );
}
