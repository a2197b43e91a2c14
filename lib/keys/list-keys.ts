import 'server-only';
import type { Actor } from '@/lib/access/actor';
import { authorize } from '@/lib/access/administrator';
import { rights } from '@/lib/access/rights';
import { type AskedPart, findPart } from '@/lib/lists/find-part';
import type { Page } from '@/lib/lists/page';
import { type KeyDetails, readDetails } from './find-key';
import { findBeginnings, type KeyFilters, keyList } from './key-list';

type Params = KeyFilters & Omit<AskedPart, 'sort'>;

/** A part of the report for programs, with all details of each key. */
export async function listKeys(
  actor: Actor,
  { limit, cursor, count, ...filters }: Params,
): Promise<Page<KeyDetails> | 'bad-cursor'> {
  authorize(actor, rights.readKeys);
  const { sort = '-created' } = filters;
  const reader = { read: readDetails, id: (row: KeyDetails) => row.id };
  const list = keyList(filters, await findBeginnings(filters));
  return findPart(list, { sort, limit, cursor, count }, reader);
}
