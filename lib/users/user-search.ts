import 'server-only';
import { inArray, sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { directoryUser } from '@/db/schema/directory-user';
import type { Actor } from '@/lib/access/actor';
import { authorize } from '@/lib/access/administrator';
import { rights } from '@/lib/access/rights';
import { isPrefixSearch } from '@/lib/lists/beginning';
import { findPage } from '@/lib/lists/find-page';
import type { Filter, List } from '@/lib/lists/list';
import { pageSize } from '@/lib/lists/list-params';
import type { Page } from '@/lib/lists/page';
import { countLive } from '@/lib/lists/row-count';
import { type UserSummary, userSummary } from './find-user';
import type { Kind } from './kind';
import type { UserFilter, UserListParams } from './user-input';
import { userOrder } from './user-orders';
import { personFilter } from './user-text';

export type UserPage = Page<UserSummary> & { beginnings: string[] };
type Filters = UserFilter & Partial<Pick<UserListParams, 'sort'>>;
type Params = Filters & Pick<UserListParams, 'page' | 'at' | 'count'>;

/** One page of the directory. A page beyond the end is the last one. */
export async function searchUsers(actor: Actor, params: Params): Promise<UserPage> {
  authorize(actor, rights.readUsers);
  const { sort = 'username', page, at } = params;
  const beginning = await isPrefixSearch(params.username);
  const asked = { page, at, sort, exact: params.count === 'exact', size: pageSize };
  const reader = { read: readUsers, id: (row: UserSummary) => row.id };
  const found = await findPage(userList(params, beginning), asked, reader);
  return { ...found, beginnings: beginning ? [params.username] : [] };
}

/** The directory under these filters, as paging wants it. */
export function userList(
  { username, status, kind, sort = 'username' }: Filters,
  beginning: boolean,
): List {
  const text = username ? personFilter(username, beginning) : null;
  const skipTo = [...(status && sort.endsWith('status') ? [statusWhere(status)] : [])];
  return {
    table: sql`directory_user`,
    live: sql`t.deleted_at is null`,
    id: sql`t.id`,
    filters: [
      ...(text ? [text] : []),
      ...(status ? [statusFilter(status)] : []),
      ...(kind ? [kindFilter(kind)] : []),
    ],
    order: userOrder(sort),
    countLive: () => countLive('directory_user'),
    skipTo,
  };
}

const statusWhere = (status: 'active' | 'disabled') =>
  status === 'active' ? sql`t.active` : sql`not t.active`;

/** In the order of its index, so that the index is what is read. */
function statusFilter(status: 'active' | 'disabled'): Filter {
  return {
    where: statusWhere(status),
    candidates: sql`select t.* from directory_user t where t.deleted_at is null
      and ${statusWhere(status)} order by t.active, t.id`,
  };
}

/** As for the status. */
function kindFilter(kind: Kind): Filter {
  const where = sql`t.kind = ${kind}`;
  return {
    where,
    candidates: sql`select t.* from directory_user t where t.deleted_at is null
      and ${where} order by t.kind, t.id`,
  };
}

/** The users with these ids, in any order. */
export async function readUsers(ids: string[], tx: Queryable = database()): Promise<UserSummary[]> {
  return tx.select(userSummary).from(directoryUser).where(inArray(directoryUser.id, ids));
}
