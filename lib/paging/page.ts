import type { Place } from './cursor';
import type { Hit } from './list';

/** Which rows a page has, and what is known of the whole. */
export type Found = {
  hits: Hit[];
  page: number;
  hasNext: boolean;
  /** How many match; where that is not exact, there are more than this. */
  total: number;
  isExact: boolean;
};

/** A page as screens show it. The places are for links; null where there is no such page. */
export type Page<Row> = {
  rows: Row[];
  page: number;
  /** Known only where all rows are counted. */
  pages: number | null;
  /** How many there are; where that is not exact, there are more. */
  total: number;
  isExact: boolean;
  /** Sr. No. of the first row. */
  firstNumber: number;
  before: string | null;
  after: string | null;
};

/**
 * Makes the page of the rows that were found, read in whatever order, with links that hold wherever
 * they are in the list. A row that was deleted a moment ago is left out.
 */
export function listedPage<Row>(
  { hits, page, hasNext, total, isExact }: Found,
  read: Row[],
  { size, id, text }: { size: number; id: (row: Row) => string; text: (place: Place) => string },
): Page<Row> {
  const byId = new Map(read.map((row) => [id(row), row]));
  const [first, last] = [hits[0], hits.at(-1)];
  return {
    rows: hits.flatMap((hit) => byId.get(hit.id) ?? []),
    page,
    pages: isExact ? Math.max(1, Math.ceil(total / size)) : null,
    total,
    isExact,
    firstNumber: (page - 1) * size + 1,
    before: first && page > 1 ? text({ side: 'before', values: first.values }) : null,
    after: last && hasNext ? text({ side: 'after', values: last.values }) : null,
  };
}
