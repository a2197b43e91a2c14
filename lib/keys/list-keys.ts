import 'server-only';
import type { Actor } from '@/lib/access/actor';
import { authorize } from '@/lib/access/administrator';
import { rights } from '@/lib/access/rights';
import { parseCursor } from '@/lib/lists/cursor';
import { findPage } from '@/lib/lists/find-page';
import type { Page } from '@/lib/lists/page';
import { type KeyDetails, readDetails } from './find-key';
import { findBeginnings, type KeyFilters, keyList } from './key-list';
import { keyOrder } from './key-orders';

type Params = KeyFilters & { limit: number; cursor: string; count: boolean };

/**
 * A part of the report for programs, with all details of each key. Rows are counted only on request. A cursor
 * belongs to one order.
 */
export async function listKeys(
  actor: Actor,
  { limit, cursor, count, ...filters }: Params,
): Promise<Page<KeyDetails> | 'bad-cursor'> {
  authorize(actor, rights.readKeys);
  const { sort = '-created' } = filters;
  const types = keyOrder(sort).terms.map(({ type }) => type);
  if (cursor !== '' && parseCursor(cursor, sort, types)?.side !== 'after') return 'bad-cursor';
  const asked = { page: cursor === '' ? 1 : 2, at: cursor, sort, size: limit };
  const reader = { read: readDetails, id: (row: KeyDetails) => row.id };
  const list = keyList(filters, await findBeginnings(filters));
  return findPage(list, { ...asked, exact: count, uncounted: !count }, reader);
}
