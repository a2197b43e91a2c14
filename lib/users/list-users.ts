import 'server-only';
import type { Actor } from '@/lib/access/actor';
import { authorize } from '@/lib/access/administrator';
import { rights } from '@/lib/access/rights';
import { isPrefixSearch } from '@/lib/lists/beginning';
import { type AskedPart, findPart } from '@/lib/lists/find-part';
import type { Page } from '@/lib/lists/page';
import type { UserSummary } from './find-user';
import type { UserFilter, UserListParams } from './user-input';
import { readUsers, userList } from './user-search';

type Params = UserFilter & Pick<UserListParams, 'sort'> & Omit<AskedPart, 'sort'>;

/** A part of the directory for programs. */
export async function listUsers(
  actor: Actor,
  { limit, cursor, count, ...filters }: Params,
): Promise<Page<UserSummary> | 'bad-cursor'> {
  authorize(actor, rights.readUsers);
  const { sort = 'username' } = filters;
  const reader = { read: readUsers, id: (row: UserSummary) => row.id };
  const list = userList(filters, await isPrefixSearch(filters.username));
  return findPart(list, { sort, limit, cursor, count }, reader);
}
