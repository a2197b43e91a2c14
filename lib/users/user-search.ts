import 'server-only';
import { and, asc, count, desc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { database } from '@/db/client';
import { directoryUser } from '@/db/schema/directory-user';
import { type Administrator, authorize } from '../auth/administrator';
import { pageSize } from '../list-params';
import { containsPattern } from '../sql-text';
import { type UserSummary, userSummary } from './find-user';
import type { UserListParams, userSorts } from './user-input';

export type UserPage = {
  rows: UserSummary[];
  total: number;
  page: number;
  pages: number;
  /** Sr. No. of the first row. */
  firstNumber: number;
};

type Sorted = PgColumn | SQL;
const up = (column: Sorted) => [asc(column), asc(directoryUser.id)];
const down = (column: Sorted) => [desc(column), desc(directoryUser.id)];
const disabled = sql`not ${directoryUser.active}`;
const name = sql`lower(${directoryUser.displayName})`;
const email = sql`lower(${directoryUser.email})`;

/** Never SQL from the address: the sort words map to these. The id settles ties, so pages hold still. */
const orderings: Record<(typeof userSorts)[number], SQL[]> = {
  username: up(directoryUser.usernameFolded),
  '-username': down(directoryUser.usernameFolded),
  name: up(name),
  '-name': down(name),
  email: up(email),
  '-email': down(email),
  status: up(disabled),
  '-status': down(disabled),
  created: up(directoryUser.createdAt),
  '-created': down(directoryUser.createdAt),
};

/** One page of the directory. A page beyond the end is the last one. */
export async function searchUsers(
  administrator: Administrator,
  params: Pick<UserListParams, 'username' | 'status' | 'sort' | 'page'>,
): Promise<UserPage> {
  authorize(administrator, 'viewer');
  const matches = and(
    isNull(directoryUser.deletedAt),
    params.username
      ? sql`${directoryUser.usernameFolded} like ${containsPattern(params.username)}`
      : undefined,
    params.status ? eq(directoryUser.active, params.status === 'active') : undefined,
  );
  const [counted] = await database().select({ total: count() }).from(directoryUser).where(matches);
  const total = counted?.total ?? 0;
  const pages = Math.max(1, Math.ceil(total / pageSize));
  const page = Math.min(params.page, pages);
  const rows = await database()
    .select(userSummary)
    .from(directoryUser)
    .where(matches)
    .orderBy(...orderings[params.sort ?? 'username'])
    .limit(pageSize)
    .offset((page - 1) * pageSize);
  return { rows, total, page, pages, firstNumber: (page - 1) * pageSize + 1 };
}
