import 'server-only';
import { countedAtMost, type Filter, type Hit, type List, readHits, type Slice } from './list';
import { countAmong, countCandidates, countExactly, gather } from './matches';
import { type Reach, walk, walkWithin } from './walk';

export type Count = { total: number; isExact: boolean };

/** Reads and counts the rows of a page. */
export type Source = {
  read: (slice: Slice) => Promise<Hit[]>;
  /** Fast. If it is not exact, there are at least this many. */
  count: () => Promise<Count>;
  countExactly: () => Promise<number>;
};

/**
 * Gathers and sorts matches if there are few. Otherwise walks along the order, where many matches are found
 * soon. To decide, each filter is counted alone, which reads a bounded number of index entries.
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
      // Each filter matches more rows than are counted. How many match two of them together is unknown.
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

/** The filter whose matches are gathered, and its number of rows if there are few. */
export type Choice = { filter: Filter; few: number | null };

/** The filter with the fewest rows, if those are few; otherwise the given one. */
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

/** Gathering many matches costs about as much as a walk over this many rows. */
const far: Reach = { first: 30_000, onwards: 270_000 };
/**
 * Shorter, while it is unknown whether there are more than a few matches. Lasts no longer than finding out.
 */
const near: Reach = { first: 10_000, onwards: 100_000 };

/** So few rows are gathered before a walk could find out that there is nothing to find. */
const handful = 500;

/**
 * Ways to find the rows of a page: sort all matches of a filter, walk along the index of the order, or use
 * the list's own query.
 */
type Plan = 'gather' | 'walk' | 'detour';

/** The plans in the order in which they are tried. A walk gives up if it would read too many rows. */
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
 * If a walk reads only the index of the order, it is faster than the choice and mostly finds the page. It
 * therefore does not wait for the choice. If the choice comes first and there are few matches, they are
 * gathered without waiting for the walk.
 */
async function walkBeforeChoice(list: List, choice: Promise<Choice>, slice: Slice) {
  const early = walkWithin(list, slice, near);
  // Nobody may await the walk. An error still reaches whoever does.
  early.catch(() => undefined);
  const chosen = await Promise.race([choice.catch(() => null), early.then(() => null)]);
  const isFewer =
    chosen !== null && chosen.few !== null && (!list.indexOnly || chosen.few <= handful);
  return isFewer ? gather(list, chosen.filter, slice) : early;
}
