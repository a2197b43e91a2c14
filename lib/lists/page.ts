import type { Cursor } from './cursor';
import type { Hit } from './list';

/** The rows of a page. */
export type Found = { hits: Hit[]; page: number; hasNext: boolean };

/** The number of rows in a list, as far as they were counted. */
export type Counted = {
  /** If this is not exact, there are more. */
  total: number;
  isExact: boolean;
  /** Known only if all rows were counted. */
  pages: number | null;
};

/** A page as screens show it. The cursors are for links and are null if there is no such page. */
export type Page<Row> = {
  rows: Row[];
  page: number;
  /** Sr. No. of the first row. */
  firstNumber: number;
  before: string | null;
  after: string | null;
  /** Usually resolves after the rows, which are shown without waiting for it. */
  counted: Promise<Counted>;
};

/**
 * Puts the rows, which were read in any order, in the order in which they were found. The links keep working
 * while rows are added or removed. Omits a row that was just deleted.
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
