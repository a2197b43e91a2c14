import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { cursorValues, type Order, ofRows, orderBy } from './order';

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
  resolved?: { by: SQL; candidates: (values: string[]) => SQL };
};

export type List = {
  /** The table, whose rows are called `t` and have an `id`. */
  table: SQL;
  live: SQL;
  /** Where another table keeps the order: its live rows, joined with `table`, to be walked along. */
  orderTable?: SQL;
  /** Adds to candidates from `table` what the order looks at, where they do not have it. */
  withOrderColumns?: (candidates: SQL) => SQL;
  id: SQL;
  filters: Filter[];
  order: Order;
  /** Whether the index of the order holds all that the filters ask for, so that a walk reads nothing else. */
  indexOnly?: boolean;
  /**
   * Whether a page may be met sooner than it is known how much a filter lets through, so that a walk begins
   * meanwhile: it reads rows, so it stays behind as soon as a filter is known to let through few.
   */
  slowToCount?: boolean;
  /** How many live rows there are, known without counting them. */
  countLive: () => Promise<number>;
  /**
   * What the filters say of the first terms of the order, so that a walk begins where they begin, or of
   * an index that holds such rows apart: nothing else may stand here, for what it skips is not counted
   * as work.
   */
  skipTo?: SQL[];
  /** A quicker way to many matches far along this order than to gather them all, where there is one. */
  detour?: (stretch: Slice) => SQL;
};

/** A row that was found, and its place in the order. */
export type Hit = { id: string; values: string[] };

/** A part of a list: so many rows from a place on, or after so many from the beginning. */
export type Slice = { order: Order; from?: string[]; limit: number; offset?: number };

export const inOrder = (query: SQL, order: Order, limit: number, offset = 0) =>
  sql`${query} order by ${orderBy(order)} limit ${limit} offset ${offset}`;

export const all = (conditions: SQL[]) =>
  conditions.length > 0 ? sql.join(conditions, sql` and `) : sql`true`;

export const wheres = (list: List) => list.filters.map(({ where }) => where);

/** The values are made for these few rows only. */
export async function readHits(list: List, order: Order, query: SQL): Promise<Hit[]> {
  const { rows } = await database().execute<Hit>(sql`
    select ${list.id}::text as id, ${cursorValues(ofRows(order))} as values from (${query}) t
    order by ${orderBy(ofRows(order))}`);
  return rows;
}
