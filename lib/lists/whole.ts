import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { all, type Hit, type List, wheres } from './list';
import { choose, sourceOf } from './source';

/**
 * All rows of a list as one query without order. Its rows are called `t`: `select … from (…) t`. Few matches
 * are found through their index, as for pages. For many, the planner decides.
 */
export async function wholeOf(list: List): Promise<SQL> {
  const where = all([list.live, ...wheres(list)]);
  const [filter] = list.filters;
  const choice = filter ? await choose(list, filter) : null;
  return choice && choice.few !== null
    ? sql`select t.* from (${choice.filter.candidates}) t where ${where}`
    : sql`select t.* from ${list.table} t where ${where}`;
}

/** The ids of the first rows, found in the same way as pages. */
export async function firstIds(list: List, limit: number): Promise<string[]> {
  const hits: Hit[] = await sourceOf(list).read({ order: list.order, limit });
  return hits.map(({ id }) => id);
}
