import 'server-only';
import type { Pool } from 'pg';
import { mostSources, oneSpelling, type Source } from './sources';
import { codes } from './verdict';

/** One statement, so that a flush that fails may be repeated as a whole. Tells which keys have a new address. */
export const writeUsage = `
  with used as (
    insert into key_usage as u (key_id, hour, code, version, count)
    select key_id, to_timestamp(hour), code, version, count
    from unnest($1::uuid[], $2::bigint[], $3::text[], $4::bigint[], $5::int[])
      as t (key_id, hour, code, count, version)
    order by 1, 2, 3, 4
    on conflict (key_id, hour, code, version) do update set count = u.count + excluded.count
  ), seen as (
    insert into key_source as s (key_id, version, address, last_seen, calls)
    select key_id, version, address, to_timestamp(max(last_seen)), sum(calls)
    from unnest($8::uuid[], $9::int[], $10::text[], $11::float8[], $12::bigint[])
      as t (key_id, version, address, last_seen, calls)
    group by 1, 2, 3 order by 1, 2, 3
    on conflict (key_id, version, address) do update set
      last_seen = greatest(s.last_seen, excluded.last_seen), calls = s.calls + excluded.calls
    returning key_id, xmax = 0 as fresh
  ), totals as (
    insert into usage_total as u (hour, code, count)
    select to_timestamp(hour), code, count
    from unnest($13::bigint[], $14::text[], $15::bigint[]) as t (hour, code, count)
    order by 1, 2
    on conflict (hour, code) do update set count = u.count + excluded.count
  ), busy as (
    select k.id, t.at from unnest($6::uuid[], $7::float8[]) as t (id, at) join api_key k using (id)
    where k.last_used_at is null or k.last_used_at < to_timestamp(t.at)
    order by k.id for no key update of k
  ), touched as (
    update api_key k set last_used_at = to_timestamp(busy.at) from busy where k.id = busy.id
  )
  select distinct key_id as id from seen where fresh`;

/** Rare: only where an address came that was not among the latest. */
const trim = `
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

type Taken = {
  id: string;
  use: { lastUsedAt: number };
  counts: number[];
  sources: Source[];
};

/** The parameters of {@link writeUsage}. */
export function usageValues(taken: Taken[], totals: number[]): unknown[][] {
  const rows = taken.flatMap(({ id, counts }) =>
    triples(counts).map(([slot, version, count]) => ({ id, slot, version, count })),
  );
  const answers = triples(totals);
  const used = taken.filter(({ use }) => use.lastUsedAt > 0);
  const seen = taken.flatMap(({ id, sources }) => sources.map((source) => ({ id, ...source })));
  return [
    rows.map(({ id }) => id),
    rows.map(({ slot }) => hourOf(slot)),
    rows.map(({ slot }) => codeOf(slot)),
    rows.map(({ count }) => count),
    rows.map(({ version }) => version),
    used.map(({ id }) => id),
    used.map(({ use }) => use.lastUsedAt),
    seen.map(({ id }) => id),
    seen.map(({ version }) => version),
    seen.map(({ address }) => oneSpelling(address)),
    seen.map(({ lastSeen }) => lastSeen),
    seen.map(({ calls }) => calls),
    answers.map(([slot]) => hourOf(slot)),
    answers.map(([slot]) => codeOf(slot)),
    answers.map(([, , count]) => count),
  ];
}

/** In seconds since 1970. */
const hourOf = (slot: number) => Math.floor(slot / codes.length) * 3_600;
const codeOf = (slot: number) => codes[slot % codes.length];

export async function trimSources(pool: Pool, keys: { id: string }[]): Promise<void> {
  const ids = keys.map(({ id }) => id);
  await pool.query({ name: 'keydesk_sources', text: trim, values: [ids, mostSources] });
}

export function triples(counts: number[]): [slot: number, version: number, count: number][] {
  return counts.flatMap((slot, at) =>
    at % 3 ? [] : [[slot, counts[at + 1] ?? 0, counts[at + 2] ?? 0] as [number, number, number]],
  );
}
