import 'server-only';
import {
  countAmong,
  countCandidates,
  countExactly,
  countedAtMost,
  type Filter,
  gather,
  type Hit,
  type List,
  lastLookedAt,
  type Stretch,
  takeDetour,
  walk,
} from './list';

export type Count = { total: number; isExact: boolean };

/** Where the rows of a page come from. */
export type Source = {
  read: (stretch: Stretch) => Promise<Hit[]>;
  /** Quick; where it is not exact there are at least so many. */
  count: () => Promise<Count>;
  countExactly: () => Promise<number>;
};

/**
 * Few matches are gathered and sorted, many are met soon enough along the order. Which of the two it
 * is, each filter is asked by itself: that takes an index and a bounded number of its entries.
 */
export async function chooseSource(list: List): Promise<Source> {
  const counted = await Promise.all(list.filters.map(countCandidates));
  const [fewest] = counted.sort((one, other) => one.count - other.count);
  if (fewest && fewest.count <= countedAtMost) return gathered(list, fewest.filter, fewest.count);
  return walked(list);
}

function gathered(list: List, filter: Filter, candidates: number): Source {
  const onlyFilter = list.filters.length === 1;
  const count = async () => (onlyFilter ? candidates : countAmong(list, filter));
  return {
    read: (stretch) => gather(list, filter, stretch),
    count: async () => ({ total: await count(), isExact: true }),
    countExactly: count,
  };
}

function walked(list: List): Source {
  const [filter] = list.filters;
  const counted = () => (filter?.known ? countAmong(list, filter) : countExactly(list));
  const exactly = filter ? counted : list.countLive;
  const count = async (): Promise<Count> => {
    if (!filter) return { total: await list.countLive(), isExact: true };
    // Each filter lets through more than we count; of two of them together nothing is known.
    return { total: list.filters.length === 1 ? countedAtMost : 0, isExact: false };
  };
  return {
    read: (stretch) => (filter ? walkOrGather(list, filter, stretch) : walk(list, stretch)),
    count,
    countExactly: exactly,
  };
}

/** Rows that a walk looks at before it is asked whether this leads anywhere, and then. */
const budgets = [30_000, 170_000];
const hopeful = 4;

/**
 * Where what matches lies far off along the order (say, old keys in a list of new ones), gathering
 * all of it is the shorter way, even where it is much.
 */
async function walkOrGather(list: List, filter: Filter, stretch: Stretch): Promise<Hit[]> {
  const { offset = 0 } = stretch;
  const wanted = stretch.limit + offset;
  const found: Hit[] = [];
  let { from } = stretch;
  for (const budget of budgets) {
    const rest = { order: stretch.order, from, limit: wanted - found.length };
    found.push(...(await walk(list, rest, budget)));
    if (found.length === wanted) return found.slice(offset);
    const last = await lastLookedAt(list, rest, budget);
    if (!last) return found.slice(offset);
    from = last.values;
    if (list.detour) return takeDetour(list, list.detour, stretch);
    if (found.length < hopeful) break;
  }
  return gather(list, filter, stretch);
}
