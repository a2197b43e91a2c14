import 'server-only';
import { eq, inArray, sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { directoryUser } from '@/db/schema/directory-user';
import { type Administrator, authorize } from '../auth/administrator';
import { pageSize } from '../list-params';
import { parsePlace, placeText } from '../paging/cursor';
import { findPage } from '../paging/find-page';
import type { Filter, List } from '../paging/list';
import { listedPage, type Page } from '../paging/page';
import { countLive } from '../paging/row-count';
import { beginsPattern, containsPattern } from '../sql-text';
import { isBeginningOnly } from '../users/beginning';
import type { KeyListParams } from './key-input';
import { keyOrder, statusBounds, statusTerms } from './key-orders';
import { type KeySummary, keySummary } from './key-summary';

export type KeyPage = Page<KeySummary> & { beginning: boolean };
type Filters = Pick<KeyListParams, 'username' | 'status' | 'sort'>;
type Params = Filters & Pick<KeyListParams, 'page' | 'at' | 'count'>;

/** One page of the report. A page beyond the end is the last one. */
export async function searchKeys(administrator: Administrator, params: Params): Promise<KeyPage> {
  authorize(administrator, 'viewer');
  const sort = params.sort ?? '-created';
  const beginning = await isBeginningOnly(params.username);
  const list = listOf(params, beginning);
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

/** The report under these filters, as paging wants it. */
export function listOf({ username, status, sort = '-created' }: Filters, beginning: boolean): List {
  const text = username ? usernameFilter(username, beginning) : null;
  const bounds = [
    ...(status ? statusBounds(sort, status) : []),
    ...(text && beginning && sort.endsWith('username') ? [text.where] : []),
  ];
  return {
    table: sql`api_key`,
    live: sql`t.deleted_at is null`,
    id: sql`t.id`,
    filters: [...(text ? [text] : []), ...(status ? [statusFilter(status)] : [])],
    order: keyOrder(sort),
    countLive: () => countLive('api_key'),
    bounds,
  };
}

/** `offset 0` keeps the planner from reading all keys where it expects many users. */
function usernameFilter(text: string, beginning: boolean): Filter {
  const [where, owner] = beginning
    ? [
        sql`t.owner_folded like ${beginsPattern(text)}`,
        sql`u.username_folded collate "C" like ${beginsPattern(text)}`,
      ]
    : [
        sql`t.owner_folded like ${containsPattern(text)}`,
        sql`u.username_folded like ${containsPattern(text)}`,
      ];
  return {
    where,
    candidates: sql`select t.* from directory_user u, lateral (
        select k.* from api_key k where k.owner_id = u.id and k.deleted_at is null offset 0
      ) t where u.deleted_at is null and ${owner}`,
  };
}

/** In the order of its index, so that the index is what is read. */
function statusFilter(status: 'active' | 'inactive' | 'expired'): Filter {
  const { terms } = keyOrder('status');
  const inOrder = sql.join(
    terms.map(({ value }) => value),
    sql`, `,
  );
  return {
    where: statusTerms[status],
    candidates: sql`select t.* from api_key t where t.deleted_at is null
      and ${statusTerms[status]} order by ${inOrder}`,
  };
}

async function readKeys(ids: string[]): Promise<KeySummary[]> {
  if (ids.length === 0) return [];
  return database()
    .select(keySummary)
    .from(apiKey)
    .innerJoin(directoryUser, eq(directoryUser.id, apiKey.ownerId))
    .where(inArray(apiKey.id, ids));
}
