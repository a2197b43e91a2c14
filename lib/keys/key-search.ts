import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { prepared } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { directoryUser } from '@/db/schema/directory-user';
import { type Administrator, authorize } from '../auth/administrator';
import { pageSize } from '../list-params';
import { findPage } from '../paging/find-page';
import type { Page } from '../paging/page';
import { isBeginningOnly } from '../users/beginning';
import type { KeyListParams } from './key-input';
import { type KeyFilters, keyList } from './key-list';
import { type KeySummary, keySummary } from './key-summary';

export type KeyPage = Page<KeySummary> & { beginning: boolean };
type Params = KeyFilters & Pick<KeyListParams, 'page' | 'at' | 'count'>;

/** One page of the report. A page beyond the end is the last one. */
export async function searchKeys(administrator: Administrator, params: Params): Promise<KeyPage> {
  authorize(administrator, 'viewer');
  const { sort = '-created', page, at } = params;
  const beginning = await isBeginningOnly(params.username);
  const asked = { page, at, sort, exact: params.count === 'exact', size: pageSize };
  const reader = { read: readKeys, id: (row: KeySummary) => row.id };
  return { ...(await findPage(keyList(params, beginning), asked, reader)), beginning };
}

const keysOf = prepared((db) =>
  db
    .select(keySummary)
    .from(apiKey)
    .innerJoin(directoryUser, eq(directoryUser.id, apiKey.ownerId))
    .where(sql`${apiKey.id} = any(${sql.placeholder('ids')}::uuid[])`)
    .prepare('keydesk_keys_of_page'),
);

const readKeys = (ids: string[]): Promise<KeySummary[]> => keysOf().execute({ ids });
