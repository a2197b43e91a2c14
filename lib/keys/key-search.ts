import 'server-only';
import { eq, inArray } from 'drizzle-orm';
import { database } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { directoryUser } from '@/db/schema/directory-user';
import { type Administrator, authorize } from '../auth/administrator';
import { pageSize } from '../list-params';
import { parsePlace, placeText } from '../paging/cursor';
import { findPage } from '../paging/find-page';
import { listedPage, type Page } from '../paging/page';
import { isBeginningOnly } from '../users/beginning';
import type { KeyListParams } from './key-input';
import { type KeyFilters, keyList } from './key-list';
import { type KeySummary, keySummary } from './key-summary';

export type KeyPage = Page<KeySummary> & { beginning: boolean };
type Params = KeyFilters & Pick<KeyListParams, 'page' | 'at' | 'count'>;

/** One page of the report. A page beyond the end is the last one. */
export async function searchKeys(administrator: Administrator, params: Params): Promise<KeyPage> {
  authorize(administrator, 'viewer');
  const sort = params.sort ?? '-created';
  const beginning = await isBeginningOnly(params.username);
  const list = keyList(params, beginning);
  const types = list.order.terms.map(({ type }) => type);
  const found = await findPage(list, {
    page: params.page,
    place: parsePlace(params.at, sort, types),
    exact: params.count === 'exact',
    size: pageSize,
  });
  const listed = listedPage(found, await readKeys(found.hits.map((hit) => hit.id)), {
    size: pageSize,
    id: (row) => row.id,
    text: (place) => placeText(sort, place),
  });
  return { ...listed, beginning };
}

async function readKeys(ids: string[]): Promise<KeySummary[]> {
  if (ids.length === 0) return [];
  return database()
    .select(keySummary)
    .from(apiKey)
    .innerJoin(directoryUser, eq(directoryUser.id, apiKey.ownerId))
    .where(inArray(apiKey.id, ids));
}
