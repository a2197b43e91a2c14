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

/** Rows that a walk looks at before it is asked whether this leads anywhere. */
const firstLook = 30_000;
/** And at most from then on: to gather costs as much as a walk over about so many. */
const secondLook = 270_000;
/** Matches do not lie evenly: twice as far as they seem to be is looked at. */
const margin = 2;

/**
 * Where what matches lies far off along the order (say, old keys in a list of new ones), gathering
 * all of it is the shorter way, even where it is much. How far off it is, a first look tells.
 */
async function walkOrGather(list: List, filter: Filter, stretch: Stretch): Promise<Hit[]> {
  const { order, offset = 0 } = stretch;
  const wanted = stretch.limit + offset;
  const first = { order, from: stretch.from, limit: wanted };
  const found = await walk(list, first, firstLook);
  if (found.length === wanted) return found.slice(offset);
  const last = await lastLookedAt(list, first, firstLook);
  if (!last) return found.slice(offset);
  if (list.detour) return takeDetour(list, list.detour, stretch);
  const left = wanted - found.length;
  const distance = Math.ceil((left / found.length) * firstLook);
  if (distance <= secondLook) {
    const second = { order, from: last.values, limit: left };
    found.push(...(await walk(list, second, Math.min(secondLook, margin * distance))));
    if (found.length === wanted) return found.slice(offset);
  }
  return gather(list, filter, stretch);
}
