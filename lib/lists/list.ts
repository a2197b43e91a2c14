import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { cursorValues, type Order, ofRows, orderBy } from './order';

/** Rows are counted up to this number, and up to this many matches are gathered and sorted. */
export const countedAtMost = 10_000;

/** A filter, and a way to find its rows without reading the rest. */
export type Filter = {
  /** A condition on a row `t`, using only its own columns. */
  where: SQL;
  /** A `select t.*` of the live rows that match, through an index. */
  candidates: SQL;
  /**
   * For an index that is slow to query: the value of the candidates to remember, and how to find them by it.
   */
  resolved?: { by: SQL; candidates: (values: string[]) => SQL };
};

export type List = {
  /** The table. Its rows are called `t` and have an `id`. */
  table: SQL;
  live: SQL;
  /** Live rows of another table that holds the order, joined with `table`, for walks. */
  orderTable?: SQL;
  /** Adds the columns of the order to candidates from `table` that lack them. */
  withOrderColumns?: (candidates: SQL) => SQL;
  id: SQL;
  filters: Filter[];
  order: Order;
  /**
   * Whether the index of the order includes all columns of the filters, so that a walk reads nothing else.
   */
  indexOnly?: boolean;
  /**
   * Whether a page may be met sooner than it is known how much a filter lets through, so that a walk begins
   * meanwhile: it reads rows, so it stays behind as soon as a filter is known to let through few.
   */
  slowToCount?: boolean;
  /** The number of live rows, known without counting them. */
  countLive: () => Promise<number>;
  /**
   * Conditions from the filters on the first terms of the order, so that a walk begins at matching rows, or
   * the condition of a partial index with such rows. Nothing else is allowed here, because skipped rows do
   * not count as work.
   */
  skipTo?: SQL[];
  /** A query that finds many matches far along this order faster than gathering them all, if there is one. */
  detour?: (stretch: Slice) => SQL;
};

/** A row that was found, and its values in the order. */
export type Hit = { id: string; values: string[] };

/** A part of a list: `limit` rows after a position, or after `offset` rows. */
export type Slice = { order: Order; from?: string[]; limit: number; offset?: number };

export const inOrder = (query: SQL, order: Order, limit: number, offset = 0) =>
  sql`${query} order by ${orderBy(order)} limit ${limit} offset ${offset}`;

export const all = (conditions: SQL[]) =>
  conditions.length > 0 ? sql.join(conditions, sql` and `) : sql`true`;

export const wheres = (list: List) => list.filters.map(({ where }) => where);

/** Computes the values only for these few rows. */
export async function readHits(list: List, order: Order, query: SQL): Promise<Hit[]> {
  const { rows } = await database().execute<Hit>(sql`
    select ${list.id}::text as id, ${cursorValues(ofRows(order))} as values from (${query}) t
    order by ${orderBy(ofRows(order))}`);
  return rows;
}
