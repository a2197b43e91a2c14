import 'server-only';
import type { Place } from './cursor';
import { countedAtMost, type Hit, type List } from './list';
import { reversed } from './order';
import { type Count, chooseSource, type Source } from './source';

export type Asked = {
  page: number;
  /** Where the page begins or ends; without one its number is counted off from the beginning. */
  place: Place | null;
  /** Whether somebody wants to know how many there are, however long it takes. */
  exact: boolean;
  size: number;
};

type Rows = { hits: Hit[]; page: number; hasNext: boolean };

export type Found = Rows & {
  /** How many match; where that is not exact, there are more than this. */
  total: number;
  isExact: boolean;
};

/**
 * One page of a list. A page beyond the end is the last one; one before the beginning is the first.
 * The number of a page that a place leads to is what the address says: it was right when the link was
 * made, and rows keep theirs while others come and go.
 */
export async function findPage(list: List, asked: Asked): Promise<Found> {
  const source = await chooseSource(list);
  const [rows, count] = await Promise.all([
    readPage(source, list, asked),
    asked.exact
      ? source.countExactly().then((total) => ({ total, isExact: true, wanted: true }))
      : source.count(),
  ]);
  return { ...rows, ...said(count, rows, asked.size) };
}

function readPage(source: Source, list: List, asked: Asked): Promise<Rows> {
  if (asked.place?.side === 'end') return lastPage(source, list, asked);
  if (asked.place?.side === 'before') return pageBefore(source, list, asked, asked.place.values);
  return pageFrom(source, list, asked);
}

async function pageFrom(source: Source, list: List, asked: Asked): Promise<Rows> {
  const { place, size } = asked;
  const from = place?.side === 'after' ? place.values : undefined;
  const page = from ? Math.max(2, asked.page) : asked.page;
  const offset = from ? 0 : (page - 1) * size;
  const hits = await source.read({ order: list.order, from, limit: size + 1, offset });
  if (hits.length === 0 && page > 1) return lastPage(source, list, asked);
  return { hits: hits.slice(0, size), page, hasNext: hits.length > size };
}

async function pageBefore(source: Source, list: List, asked: Asked, from: string[]): Promise<Rows> {
  const order = reversed(list.order);
  const hits = asked.page > 1 ? await source.read({ order, from, limit: asked.size }) : [];
  if (hits.length < asked.size) return pageFrom(source, list, { ...asked, page: 1, place: null });
  return { hits: hits.reverse(), page: asked.page, hasNext: true };
}

/** Read backwards, so that it is as near as the first. Only its number must be counted. */
async function lastPage(source: Source, list: List, { size }: Asked): Promise<Rows> {
  const total = await source.countExactly();
  const page = Math.max(1, Math.ceil(total / size));
  const limit = total - (page - 1) * size;
  const hits = limit > 0 ? await source.read({ order: reversed(list.order), limit }) : [];
  return { hits: hits.reverse(), page, hasNext: false };
}

/** What the page says of the whole: at least what it shows, and no more than was counted. */
function said(
  { total, isExact, wanted }: Count & { wanted?: boolean },
  { hits, page, hasNext }: Rows,
  size: number,
): Count & { page: number } {
  const seen = (page - 1) * size + hits.length;
  if (wanted || (isExact && total <= countedAtMost)) {
    return { total, isExact: true, page: Math.min(page, Math.max(1, Math.ceil(total / size))) };
  }
  const least = Math.max(Math.min(total, countedAtMost), Math.min(seen, countedAtMost));
  return { total: least, isExact: !hasNext && least === seen, page };
}
