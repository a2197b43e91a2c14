import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { all, type Hit, inOrder, type List, readHits, type Slice, wheres } from './list';
import { beyond, cursorColumns, type Order, ofRows, rowColumns } from './order';

/**
 * Reads along the index of the order and keeps what the filters let through: quick where that is
 * much. With a `budget` it looks at no more rows than that.
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

/** Rows that a walk looks at before it is asked whether this leads anywhere, and at most from then on. */
export type Reach = { first: number; onwards: number };

/** Matches do not lie evenly: twice as far as they seem to be is looked at. */
const margin = 2;

/**
 * Walks on for as long as that is the shorter way. Where what matches lies far off along the order
 * (say, old keys in a list of new ones), gathering all of it is, even where it is much: then nothing is
 * returned. How far off it is, a first look tells.
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

/** The last row that a walk of this budget has looked at; none where it came to the end. */
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
