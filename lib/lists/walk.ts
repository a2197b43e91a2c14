import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { all, type Hit, inOrder, type List, readHits, type Slice, wheres } from './list';
import { beyond, cursorColumns, type Order, ofRows, rowColumns } from './order';

/**
 * Reads along the index of the order and keeps the rows that match the filters. Fast if many match. With a
 * `budget` it reads at most that many rows.
 */
export function walk(list: List, slice: Slice, budget?: number): Promise<Hit[]> {
  const { order, from, limit, offset = 0 } = slice;
  const inside = sliceOf(list, order, from);
  if (budget === undefined) {
    const kept = sql`select ${cursorColumns(order)} ${inside} and ${all(wheres(list))}`;
    return readHits(list, order, inOrder(kept, order, limit, offset));
  }
  const passed = sql`select ${rowColumns(order)} ${inside}`;
  const kept = sql`select ${cursorColumns(ofRows(order))} from (${inOrder(passed, order, budget)}) t
    where ${all(wheres(list))}`;
  return readHits(list, order, inOrder(kept, ofRows(order), limit, offset));
}

/** Rows that a walk reads before it estimates the distance, and at most after that. */
export type Reach = { first: number; onwards: number };

/** Matches are spread unevenly, so the walk reads twice the estimated distance. */
const margin = 2;

/**
 * Walks as long as that is faster than gathering. If the matches are far along the order (such as old keys in
 * a list of new ones), gathering is faster even if there are many, and this returns null. The first rows give
 * an estimate of the distance.
 */
export async function walkWithin(list: List, slice: Slice, reach: Reach): Promise<Hit[] | null> {
  const { order, from, offset = 0 } = slice;
  const wanted = slice.limit + offset;
  const found = await walk(list, { order, from, limit: wanted }, reach.first);
  if (found.length === wanted) return found.slice(offset);
  const left = wanted - found.length;
  const distance = Math.ceil((left / found.length) * reach.first);
  const last = await lastLookedAt(list, { order, from, limit: wanted }, reach.first);
  if (!last) return found.slice(offset);
  if (list.detour || distance > reach.onwards) return null;
  const onwards = { order, from: last.values, limit: left };
  found.push(...(await walk(list, onwards, Math.min(reach.onwards, margin * distance))));
  return found.length === wanted ? found.slice(offset) : null;
}

/** The last row that a walk with this budget has read; undefined if it reached the end. */
async function lastLookedAt(
  list: List,
  { order, from }: Slice,
  budget: number,
): Promise<Hit | undefined> {
  const passed = sql`select ${cursorColumns(order)} ${sliceOf(list, order, from)}`;
  const [last] = await readHits(list, order, inOrder(passed, order, 1, budget - 1));
  return last;
}

function sliceOf(list: List, order: Order, from?: string[]): SQL {
  const conditions = [...(list.skipTo ?? []), ...(from ? [beyond(order, from)] : [])];
  return list.orderTable
    ? sql`from (${list.orderTable}) t where ${all(conditions)}`
    : sql`from ${list.table} t where ${all([list.live, ...conditions])}`;
}
