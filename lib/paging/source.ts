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
export function sourceOf(list: List): Source {
  const [filter] = list.filters;
  if (!filter) return unfiltered(list);
  const choice = choose(list, filter);
  return {
    read: (stretch) => readFiltered(list, choice, stretch),
    async count() {
      const { filter, few } = await choice;
      const isOnly = list.filters.length === 1;
      if (few !== null)
        return { total: isOnly ? few : await countAmong(list, filter), isExact: true };
      // Each filter lets through more than we count; of two of them together nothing is known.
      return { total: isOnly ? countedAtMost : 0, isExact: false };
    },
    async countExactly() {
      const { filter, few } = await choice;
      if (few !== null && list.filters.length === 1) return few;
      return few !== null || filter.known ? countAmong(list, filter) : countExactly(list);
    },
  };
}

const unfiltered = (list: List): Source => ({
  read: (stretch) => walk(list, stretch),
  count: async () => ({ total: await list.countLive(), isExact: true }),
  countExactly: list.countLive,
});

/** The filter that matches are gathered by, and how many rows it lets through where they are few. */
export type Choice = { filter: Filter; few: number | null };

/** The filter that lets through fewest rows, where those are few; else the other. */
export async function choose(list: List, otherwise: Filter): Promise<Choice> {
  const counted = await Promise.all(list.filters.map(countCandidates));
  const fewest = counted.reduce((one, other) => (other.count < one.count ? other : one));
  return fewest.count <= countedAtMost
    ? { filter: fewest.filter, few: fewest.count }
    : { filter: otherwise, few: null };
}

/** Rows that a walk looks at before it is asked whether this leads anywhere, and at most from then on. */
type Reach = { first: number; onwards: number };

/** To gather many costs as much as a walk over about so many. */
const far: Reach = { first: 30_000, onwards: 270_000 };
/** Where nobody knows yet whether there is more than a handful to be met: no longer than it takes to know. */
const near: Reach = { first: 10_000, onwards: 100_000 };
/** Matches do not lie evenly: twice as far as they seem to be is looked at. */
const margin = 2;

/** So few are gathered before a walk would have found out that there is nothing to be met. */
const handful = 500;

/**
 * Where the index of the order is all that a walk reads, a walk takes less time than the choice and
 * mostly finds the page: it does not wait for it. Nor does the choice for the walk, where it comes first
 * and knows of a handful.
 */
async function readFiltered(list: List, choice: Promise<Choice>, stretch: Stretch): Promise<Hit[]> {
  if (!list.covered) return readChosen(list, await choice, stretch);
  const early = walkOn(list, stretch, near);
  // It may be left behind, and whoever waits for it hears of an error.
  early.catch(() => undefined);
  const chosen = await Promise.race([choice.catch(() => null), early.then(() => null)]);
  if (chosen && chosen.few !== null && chosen.few <= handful) {
    return gather(list, chosen.filter, stretch);
  }
  return (await early) ?? readChosen(list, await choice, stretch);
}

async function readChosen(list: List, { filter, few }: Choice, stretch: Stretch): Promise<Hit[]> {
  if (few !== null) return gather(list, filter, stretch);
  const found = await walkOn(list, stretch, far);
  if (found) return found;
  return list.detour ? takeDetour(list, list.detour, stretch) : gather(list, filter, stretch);
}

/**
 * Walks on for as long as that is the shorter way. Where what matches lies far off along the order
 * (say, old keys in a list of new ones), gathering all of it is, even where it is much: then nothing is
 * returned. How far off it is, a first look tells.
 */
async function walkOn(list: List, stretch: Stretch, reach: Reach): Promise<Hit[] | null> {
  const { order, from, offset = 0 } = stretch;
  const wanted = stretch.limit + offset;
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
