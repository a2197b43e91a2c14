import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { database } from '@/db/client';
import {
  all,
  countedAtMost,
  type Filter,
  type Hit,
  inOrder,
  type List,
  readHits,
  type Slice,
  wheres,
} from './list';
import { beyond, cursorColumns } from './order';

/** Most values of `resolved.by` that are remembered. More would be slow to send. */
const rememberedAtMost = 500;

/**
 * Counts the rows that match the filter, up to one more than the limit. Also returns the filter in its
 * fastest form for later queries.
 */
export async function countCandidates(filter: Filter): Promise<{ count: number; filter: Filter }> {
  const { candidates, resolved } = filter;
  const limit = countedAtMost + 1;
  if (!resolved) {
    return { count: await countRows(sql`select 1 from (${candidates}) t limit ${limit}`), filter };
  }
  const { rows } = await database().execute<{ count: number; values: string[] | null }>(sql`
    select coalesce(sum(n), 0)::int as count,
      case when count(*) <= ${rememberedAtMost} then array_agg(value) end as values
    from (select value::text, count(*) as n
      from (select ${resolved.by} as value from (${candidates}) t limit ${limit}) found
      group by value) counted`);
  const { count = 0, values = null } = rows[0] ?? {};
  if (count > 0 && count <= countedAtMost && values)
    return { count, filter: { ...filter, candidates: resolved.candidates(values) } };
  return { count, filter };
}

/** Counts the rows that match all filters, with the plan that PostgreSQL chooses. */
export function countExactly(list: List): Promise<number> {
  return countRows(sql`select 1 from ${list.table} t where ${all([list.live, ...wheres(list)])}`);
}

/**
 * Counts the candidates of this filter that match the others. The time grows with the number of candidates.
 */
export function countAmong(list: List, filter: Filter): Promise<number> {
  const others = list.filters.filter((other) => other !== filter).map(({ where }) => where);
  return countRows(sql`select 1 from (${filter.candidates}) t where ${all(others)}`);
}

/** Sorts all candidates of one filter and returns a slice. Fast if there are few. */
export function gather(list: List, filter: Filter, slice: Slice): Promise<Hit[]> {
  const { order, from, limit, offset = 0 } = slice;
  const candidates = list.withOrderColumns?.(filter.candidates) ?? filter.candidates;
  const conditions = [...wheres(list), ...(from ? [beyond(order, from)] : [])];
  const found = sql`select ${cursorColumns(order)} from (${candidates}) t where ${all(conditions)}`;
  return readHits(list, order, inOrder(found, order, limit, offset));
}

async function countRows(query: SQL): Promise<number> {
  const counted = sql`select count(*)::int as count from (${query}) counted`;
  const { rows } = await database().execute<{ count: number }>(counted);
  return rows[0]?.count ?? 0;
}
