import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { database } from '@/db/client';
import {
  beyond,
  cursorValues,
  type Order,
  ofRows,
  orderBy,
  placeColumns,
  rowColumns,
} from './order';

/** Rows are counted up to here, and matches up to here are gathered and sorted. */
export const countedAtMost = 10_000;

/** A filter, and how to find what it lets through without reading the rest. */
export type Filter = {
  /** Of a row called `t`, with nothing but its own columns. */
  where: SQL;
  /** A `select t.*` of the live rows that it lets through, by an index. */
  candidates: SQL;
  /**
   * For an index that is slow to ask: what of the candidates to remember, and how to find them by it.
   */
  known?: { by: SQL; candidates: (values: string[]) => SQL };
};

export type List = {
  /** The table, whose rows are called `t` and have an `id`. */
  table: SQL;
  live: SQL;
  /** Where another table keeps the order: its live rows, joined with `table`, to be walked along. */
  walked?: SQL;
  /** Adds to candidates from `table` what the order looks at, where they do not have it. */
  placed?: (candidates: SQL) => SQL;
  id: SQL;
  filters: Filter[];
  order: Order;
  /** Whether the index of the order holds all that the filters ask for, so that a walk reads nothing else. */
  covered?: boolean;
  /** How many live rows there are, known without counting them. */
  countLive: () => Promise<number>;
  /**
   * What the filters say of the first terms of the order, so that a walk begins where they begin, or of
   * an index that holds such rows apart: nothing else may stand here, for what it skips is not counted
   * as work.
   */
  bounds?: SQL[];
  /** A quicker way to many matches far along this order than to gather them all, where there is one. */
  detour?: (stretch: Stretch) => SQL;
};

/** A row that was found, and its place in the order. */
export type Hit = { id: string; values: string[] };

/** As many values of `known.by` are remembered at most; more would be slow to send. */
const rememberedAtMost = 500;

/**
 * How many rows the filter lets through, one more than is counted where there are more; and the filter
 * as it is best asked from then on.
 */
export async function countCandidates(filter: Filter): Promise<{ count: number; filter: Filter }> {
  const { candidates, known } = filter;
  const limit = countedAtMost + 1;
  if (!known) {
    return { count: await countRows(sql`select 1 from (${candidates}) t limit ${limit}`), filter };
  }
  const { rows } = await database().execute<{ count: number; values: string[] | null }>(sql`
    select coalesce(sum(n), 0)::int as count,
      case when count(*) <= ${rememberedAtMost} then array_agg(value) end as values
    from (select value::text, count(*) as n
      from (select ${known.by} as value from (${candidates}) t limit ${limit}) found
      group by value) counted`);
  const { count = 0, values = null } = rows[0] ?? {};
  if (count > 0 && count <= countedAtMost && values)
    return { count, filter: { ...filter, candidates: known.candidates(values) } };
  return { count, filter };
}

/** How many rows all filters let through, as PostgreSQL likes best to count them. */
export function countExactly(list: List): Promise<number> {
  return countRows(sql`select 1 from ${list.table} t where ${all([list.live, ...wheres(list)])}`);
}

/** How many candidates of this filter the others let through: as slow as there are candidates. */
export function countAmong(list: List, filter: Filter): Promise<number> {
  const others = list.filters.filter((other) => other !== filter).map(({ where }) => where);
  return countRows(sql`select 1 from (${filter.candidates}) t where ${all(others)}`);
}

export type Stretch = { order: Order; from?: string[]; limit: number; offset?: number };

/** Takes the candidates of one filter, sorts them and returns a stretch: quick where they are few. */
export function gather(list: List, filter: Filter, stretch: Stretch): Promise<Hit[]> {
  const { order, from, limit, offset = 0 } = stretch;
  const candidates = list.placed?.(filter.candidates) ?? filter.candidates;
  const conditions = [...wheres(list), ...(from ? [beyond(order, from)] : [])];
  const found = sql`select ${placeColumns(order)} from (${candidates}) t where ${all(conditions)}`;
  return hits(list, order, inOrder(found, order, limit, offset));
}

/**
 * Reads along the index of the order and keeps what the filters let through: quick where that is
 * much. With a `budget` it looks at no more rows than that.
 */
export function walk(list: List, stretch: Stretch, budget?: number): Promise<Hit[]> {
  const { order, from, limit, offset = 0 } = stretch;
  const inside = stretchOf(list, order, from);
  if (budget === undefined) {
    const kept = sql`select ${placeColumns(order)} ${inside} and ${all(wheres(list))}`;
    return hits(list, order, inOrder(kept, order, limit, offset));
  }
  const passed = sql`select ${rowColumns(order)} ${inside}`;
  const kept = sql`select ${placeColumns(ofRows(order))} from (${inOrder(passed, order, budget)}) t
    where ${all(wheres(list))}`;
  return hits(list, order, inOrder(kept, ofRows(order), limit, offset));
}

/** Takes the way that the list knows of for its order. */
export const takeDetour = (list: List, detour: (stretch: Stretch) => SQL, stretch: Stretch) =>
  hits(list, stretch.order, detour(stretch));

/** The last row that a walk of this budget has looked at; none where it came to the end. */
export async function lastLookedAt(
  list: List,
  { order, from }: Stretch,
  budget: number,
): Promise<Hit | undefined> {
  const passed = sql`select ${placeColumns(order)} ${stretchOf(list, order, from)}`;
  const [last] = await hits(list, order, inOrder(passed, order, 1, budget - 1));
  return last;
}

const inOrder = (query: SQL, order: Order, limit: number, offset = 0) =>
  sql`${query} order by ${orderBy(order)} limit ${limit} offset ${offset}`;

function stretchOf(list: List, order: Order, from?: string[]): SQL {
  const bounded = [...(list.bounds ?? []), ...(from ? [beyond(order, from)] : [])];
  return list.walked
    ? sql`from (${list.walked}) t where ${all(bounded)}`
    : sql`from ${list.table} t where ${all([list.live, ...bounded])}`;
}

const wheres = (list: List) => list.filters.map(({ where }) => where);
const all = (conditions: SQL[]) =>
  conditions.length > 0 ? sql.join(conditions, sql` and `) : sql`true`;

/** The values are made for these few rows only. */
async function hits(list: List, order: Order, query: SQL): Promise<Hit[]> {
  const { rows } = await database().execute<Hit>(sql`
    select ${list.id}::text as id, ${cursorValues(ofRows(order))} as values from (${query}) t
    order by ${orderBy(ofRows(order))}`);
  return rows;
}

async function countRows(query: SQL): Promise<number> {
  const counted = sql`select count(*)::int as count from (${query}) counted`;
  const { rows } = await database().execute<{ count: number }>(counted);
  return rows[0]?.count ?? 0;
}
