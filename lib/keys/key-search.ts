import 'server-only';
import type { Actor } from '@/lib/access/actor';
import { authorize } from '@/lib/access/administrator';
import { rights } from '@/lib/access/rights';
import { findPage } from '@/lib/lists/find-page';
import { pageSize } from '@/lib/lists/list-params';
import type { Page } from '@/lib/lists/page';
import type { KeyListParams } from './key-input';
import { type Beginnings, findBeginnings, type KeyFilters, keyList } from './key-list';
import type { KeySummary } from './key-summary';
import { readSummaries } from './read-summaries';

export type KeyPage = Page<KeySummary> & { beginnings: string[] };
type Params = KeyFilters & Pick<KeyListParams, 'page' | 'at' | 'count'>;

/** One page of the report. A page beyond the end becomes the last one. */
export async function searchKeys(actor: Actor, params: Params): Promise<KeyPage> {
  authorize(actor, rights.readKeys);
  const { sort = '-created', page, at } = params;
  const beginnings = await findBeginnings(params);
  const asked = { page, at, sort, exact: params.count === 'exact', size: pageSize };
  const reader = { read: readSummaries, id: (row: KeySummary) => row.id };
  const found = await findPage(keyList(params, beginnings), asked, reader);
  return { ...found, beginnings: textsOf(params, beginnings) };
}

const textsOf = ({ username = '', q = '' }: Params, beginnings: Beginnings) => [
  ...(beginnings.username ? [username] : []),
  ...(beginnings.q ? [q] : []),
];
