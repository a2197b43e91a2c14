import 'server-only';
import type { Actor } from '@/lib/access/actor';
import { authorize } from '@/lib/access/administrator';
import { rights } from '@/lib/access/rights';
import { isPrefixSearch } from '@/lib/lists/beginning';
import { parseCursor } from '@/lib/lists/cursor';
import { findPage } from '@/lib/lists/find-page';
import type { Page } from '@/lib/lists/page';
import type { UserSummary } from './find-user';
import type { UserFilter, UserListParams } from './user-input';
import { userOrder } from './user-orders';
import { readUsers, userList } from './user-search';

type Params = UserFilter &
  Pick<UserListParams, 'sort'> & { limit: number; cursor: string; count: boolean };

/** A part of the directory for programs. Rows are counted only on request. A cursor belongs to one order. */
export async function listUsers(
  actor: Actor,
  { limit, cursor, count, ...filters }: Params,
): Promise<Page<UserSummary> | 'bad-cursor'> {
  authorize(actor, rights.readUsers);
  const { sort = 'username' } = filters;
  const types = userOrder(sort).terms.map(({ type }) => type);
  if (cursor !== '' && parseCursor(cursor, sort, types)?.side !== 'after') return 'bad-cursor';
  const asked = { page: cursor === '' ? 1 : 2, at: cursor, sort, size: limit };
  const reader = { read: readUsers, id: (row: UserSummary) => row.id };
  const list = userList(filters, await isPrefixSearch(filters.username));
  return findPage(list, { ...asked, exact: count, uncounted: !count }, reader);
}
