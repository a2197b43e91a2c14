import 'server-only';
import { parseCursor } from './cursor';
import { findPage, type Reader } from './find-page';
import type { List } from './list';
import type { Page } from './page';

/** What a program asks of a list. Without a cursor it begins at the first row. */
export type AskedPart = { sort: string; limit: number; cursor: string; count: boolean };

/** A part of a list for programs. Rows are counted only on request. A cursor belongs to one order. */
export async function findPart<Row>(
  list: List,
  { sort, limit, cursor, count }: AskedPart,
  reader: Reader<Row>,
): Promise<Page<Row> | 'bad-cursor'> {
  const types = list.order.terms.map(({ type }) => type);
  if (cursor !== '' && parseCursor(cursor, sort, types)?.side !== 'after') return 'bad-cursor';
  const asked = { page: cursor === '' ? 1 : 2, at: cursor, sort, size: limit };
  return findPage(list, { ...asked, exact: count, uncounted: !count }, reader);
}
