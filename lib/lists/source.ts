import 'server-only';
import { countedAtMost, type Filter, type Hit, type List, readHits, type Slice } from './list';
import { countAmong, countCandidates, countExactly, gather } from './matches';
import { type Reach, walk, walkWithin } from './walk';

export type Count = { total: number; isExact: boolean };

/** Where the rows of a page come from. */
export type Source = {
  read: (slice: Slice) => Promise<Hit[]>;
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
    read: (slice) => readFiltered(list, choice, slice),
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
      return few !== null || filter.resolved ? countAmong(list, filter) : countExactly(list);
    },
  };
}

const unfiltered = (list: List): Source => ({
  read: (slice) => walk(list, slice),
  count: async () => ({ total: await list.countLive(), isExact: true }),
  countExactly: list.countLive,
});

/** The filter that matches are gathered by, and how many rows it lets through where they are few. */
export type Choice = { filter: Filter; few: number | null };

/** The filter that lets through fewest rows, where those are few; else the other. */
export async function choose(list: List, otherwise: Filter): Promise<Choice> {
  const counting = list.filters.map(countCandidates);
  const handy = await firstHandful(counting);
  if (handy) return { filter: handy.filter, few: handy.count };
  const counted = await Promise.all(counting);
  const fewest = counted.reduce((one, other) => (other.count < one.count ? other : one));
  return fewest.count <= countedAtMost
    ? { filter: fewest.filter, few: fewest.count }
    : { filter: otherwise, few: null };
}

/** The first filter that is known to let through a handful: the others need not be waited for. */
function firstHandful(counting: ReturnType<typeof countCandidates>[]) {
  const handfuls = counting.map(async (one) => {
    const counted = await one;
    if (counted.count > handful) throw new RangeError('These are more than a handful.');
    return counted;
  });
  return Promise.any(handfuls).catch(() => null);
}

/** To gather many costs as much as a walk over about so many. */
const far: Reach = { first: 30_000, onwards: 270_000 };
/** Where nobody knows yet whether there is more than a handful to be met: no longer than it takes to know. */
const near: Reach = { first: 10_000, onwards: 100_000 };

/** So few are gathered before a walk would have found out that there is nothing to be met. */
const handful = 500;

/**
 * How the rows of a page are found: all matches of a filter are sorted, or the index of the order is
 * walked along, or the list knows a way of its own.
 */
type Plan = 'gather' | 'walk' | 'detour';

/** What is tried one after the other: a walk gives up where it would lead too far. */
function plansOf(list: List, { few }: Choice): Plan[] {
  if (few !== null) return ['gather'];
  return ['walk', list.detour ? 'detour' : 'gather'];
}

async function readFiltered(list: List, choice: Promise<Choice>, slice: Slice): Promise<Hit[]> {
  const isEarly = list.indexOnly || list.slowToCount;
  const early = isEarly ? await walkBeforeChoice(list, choice, slice) : null;
  if (early) return early;
  const chosen = await choice;
  for (const plan of plansOf(list, chosen)) {
    const found = await readBy(plan, list, chosen.filter, slice);
    if (found) return found;
  }
  throw new Error('No plan has read the list.');
}

async function readBy(plan: Plan, list: List, filter: Filter, slice: Slice) {
  switch (plan) {
    case 'walk':
      return walkWithin(list, slice, far);
    case 'detour':
      return list.detour ? readHits(list, slice.order, list.detour(slice)) : null;
    case 'gather':
      return gather(list, filter, slice);
  }
}

/**
 * Where the index of the order is all that a walk reads, a walk takes less time than the choice and
 * mostly finds the page: it does not wait for it. Nor does the choice for the walk, where it comes first
 * and knows of a handful.
 */
async function walkBeforeChoice(list: List, choice: Promise<Choice>, slice: Slice) {
  const early = walkWithin(list, slice, near);
  // It may be left behind, and whoever waits for it hears of an error.
  early.catch(() => undefined);
  const chosen = await Promise.race([choice.catch(() => null), early.then(() => null)]);
  const isFewer =
    chosen !== null && chosen.few !== null && (!list.indexOnly || chosen.few <= handful);
  return isFewer ? gather(list, chosen.filter, slice) : early;
}
