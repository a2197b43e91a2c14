import type { Cursor } from './cursor';
import type { Hit } from './list';

/** Which rows a page has. */
export type Found = { hits: Hit[]; page: number; hasNext: boolean };

/** How many rows a list has, as far as anybody has counted. */
export type Counted = {
  /** Where this is not exact, there are more. */
  total: number;
  isExact: boolean;
  /** Known only where all rows are counted. */
  pages: number | null;
};

/** A page as screens show it. The places are for links; null where there is no such page. */
export type Page<Row> = {
  rows: Row[];
  page: number;
  /** Sr. No. of the first row. */
  firstNumber: number;
  before: string | null;
  after: string | null;
  /** Mostly later than the rows, which are shown without waiting for it. */
  counted: Promise<Counted>;
};

/**
 * Makes the page of the rows that were found, read in whatever order, with links that hold wherever
 * they are in the list. A row that was deleted a moment ago is left out.
 */
export function listedPage<Row>(
  { hits, page, hasNext }: Found,
  read: Row[],
  counted: Promise<Counted>,
  { size, id, text }: { size: number; id: (row: Row) => string; text: (place: Cursor) => string },
): Page<Row> {
  const byId = new Map(read.map((row) => [id(row), row]));
  const [first, last] = [hits[0], hits.at(-1)];
  return {
    rows: hits.flatMap((hit) => byId.get(hit.id) ?? []),
    page,
    firstNumber: (page - 1) * size + 1,
    before: first && page > 1 ? text({ side: 'before', values: first.values }) : null,
    after: last && hasNext ? text({ side: 'after', values: last.values }) : null,
    counted,
  };
}
