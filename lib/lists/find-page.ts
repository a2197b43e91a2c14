import 'server-only';
import { type Cursor, cursorText, parseCursor } from './cursor';
import { countedAtMost, type List } from './list';
import { reversed } from './order';
import { type Counted, type Found, listedPage, type Page } from './page';
import { type Count, type Source, sourceOf } from './source';
import { orTooSlow } from './too-slow';

export type Asked = {
  page: number;
  /** The cursor where the page begins or ends. Without it, rows are counted from the beginning. */
  at: string;
  /** The name of the list's order in links. */
  sort: string;
  /** Whether to count all rows, however long that takes. */
  exact: boolean;
  /** Whether nobody asks how many rows there are. */
  uncounted?: boolean;
  size: number;
};

/** Reads the rows with these ids, in any order. */
export type Reader<Row> = { read: (ids: string[]) => Promise<Row[]>; id: (row: Row) => string };

type Sought = Pick<Asked, 'page' | 'size'> & { place: Cursor | null };

/**
 * One page of a list. A page beyond the end becomes the last, and one before the beginning the first. With a
 * cursor, the page number is the one in the address. It was right when the link was made, and rows keep their
 * numbers while others are added or removed. Counting runs while rows are read and shown. It is awaited only
 * if the page number may depend on it.
 */
export async function findPage<Row>(
  list: List,
  { page, at, sort, exact, size, uncounted = false }: Asked,
  { read, id }: Reader<Row>,
): Promise<Page<Row>> {
  const types = list.order.terms.map(({ type }) => type);
  const source = sourceOf(list);
  const finding = readPage(source, list, { page, size, place: parseCursor(at, sort, types) });
  const reading = finding.then(({ hits }) =>
    hits.length > 0 ? read(hits.map((hit) => hit.id)) : [],
  );
  const counting = uncounted ? notCounted : exact ? countWanted(source) : countQuickly(source);
  const counted = Promise.all([finding, counting]).then(([found, count]) =>
    said(count, found, size),
  );
  // An error reaches whoever awaits the count. Without a reader it must not be an unhandled rejection.
  counted.catch(() => undefined);
  const [found, records] = await Promise.all([finding, reading]);
  const number = exact || found.page > 1 ? (await counted).page : found.page;
  const show = { size, id, text: (place: Cursor) => cursorText(sort, place) };
  return listedPage({ ...found, page: number }, records, counted, show);
}

type KnownCount = Count & { wanted?: boolean };

const countWanted = async (source: Source): Promise<KnownCount> => ({
  total: await source.countExactly(),
  isExact: true,
  wanted: true,
});

const notCounted: Promise<KnownCount> = Promise.resolve({ total: 0, isExact: false });

/** If even the quick count takes too long, the rows on the page give the minimum. */
async function countQuickly(source: Source): Promise<KnownCount> {
  const count = await orTooSlow(source.count());
  return count === 'too-slow' ? { total: 0, isExact: false } : count;
}

function readPage(source: Source, list: List, sought: Sought): Promise<Found> {
  if (sought.place?.side === 'end') return lastPage(source, list, sought);
  if (sought.place?.side === 'before') return pageBefore(source, list, sought, sought.place.values);
  return pageFrom(source, list, sought);
}

async function pageFrom(source: Source, list: List, sought: Sought): Promise<Found> {
  const { place, size } = sought;
  const from = place?.side === 'after' ? place.values : undefined;
  const page = from ? Math.max(2, sought.page) : sought.page;
  const offset = from ? 0 : (page - 1) * size;
  const hits = await source.read({ order: list.order, from, limit: size + 1, offset });
  if (hits.length === 0 && page > 1) return lastPage(source, list, sought);
  return { hits: hits.slice(0, size), page, hasNext: hits.length > size };
}

async function pageBefore(
  source: Source,
  list: List,
  sought: Sought,
  from: string[],
): Promise<Found> {
  const order = reversed(list.order);
  const hits = sought.page > 1 ? await source.read({ order, from, limit: sought.size }) : [];
  if (hits.length < sought.size) return pageFrom(source, list, { ...sought, page: 1, place: null });
  return { hits: hits.reverse(), page: sought.page, hasNext: true };
}

/** Reads backwards, so that it is as fast as the first page. Only the page number needs a count. */
async function lastPage(source: Source, list: List, { size }: Sought): Promise<Found> {
  const total = await source.countExactly();
  const page = Math.max(1, Math.ceil(total / size));
  const limit = total - (page - 1) * size;
  const hits = limit > 0 ? await source.read({ order: reversed(list.order), limit }) : [];
  return { hits: hits.reverse(), page, hasNext: false };
}

/** The count that the page shows: at least the rows it shows, and no more than was counted. */
function said(
  { total, isExact, wanted }: KnownCount,
  { hits, page, hasNext }: Found,
  size: number,
): Counted & { page: number } {
  const pagesOf = (rows: number) => Math.max(1, Math.ceil(rows / size));
  const seen = (page - 1) * size + hits.length;
  if (wanted || (isExact && total <= countedAtMost)) {
    const pages = pagesOf(total);
    return { total, isExact: true, pages, page: Math.min(page, pages) };
  }
  const least = Math.max(Math.min(total, countedAtMost), Math.min(seen, countedAtMost));
  const isWhole = !hasNext && least === seen;
  return { total: least, isExact: isWhole, pages: isWhole ? pagesOf(least) : null, page };
}
