import 'server-only';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { findPage } from '@/lib/lists/find-page';
import { pageSize } from '@/lib/lists/list-params';
import type { Page } from '@/lib/lists/page';
import type { KeyListParams } from './key-input';
import { isBeginning, type KeyFilters, keyList } from './key-list';
import type { KeySummary } from './key-summary';
import { readSummaries } from './read-summaries';

export type KeyPage = Page<KeySummary> & { beginning: boolean };
type Params = KeyFilters & Pick<KeyListParams, 'page' | 'at' | 'count'>;

/** One page of the report. A page beyond the end becomes the last one. */
export async function searchKeys(administrator: Administrator, params: Params): Promise<KeyPage> {
  authorize(administrator, 'viewer');
  const { sort = '-created', page, at } = params;
  const beginning = await isBeginning(params);
  const asked = { page, at, sort, exact: params.count === 'exact', size: pageSize };
  const reader = { read: readSummaries, id: (row: KeySummary) => row.id };
  return { ...(await findPage(keyList(params, beginning), asked, reader)), beginning };
}
