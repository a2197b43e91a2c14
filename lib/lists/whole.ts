import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { all, type Hit, type List, wheres } from './list';
import { choose, sourceOf } from './source';

/**
 * All rows of a list as one query in no order, its rows called `t`: `select … from (…) t`. Few matches
 * are taken by the index that finds them, as pages take them; many by whatever the planner likes.
 */
export async function wholeOf(list: List): Promise<SQL> {
  const where = all([list.live, ...wheres(list)]);
  const [filter] = list.filters;
  const choice = filter ? await choose(list, filter) : null;
  return choice && choice.few !== null
    ? sql`select t.* from (${choice.filter.candidates}) t where ${where}`
    : sql`select t.* from ${list.table} t where ${where}`;
}

/** The ids of its first rows, found as its pages are. */
export async function firstIds(list: List, limit: number): Promise<string[]> {
  const hits: Hit[] = await sourceOf(list).read({ order: list.order, limit });
  return hits.map(({ id }) => id);
}
