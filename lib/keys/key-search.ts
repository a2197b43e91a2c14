import 'server-only';
import { and, asc, count, desc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { directoryUser } from '@/db/schema/directory-user';
import { type Administrator, authorize } from '../auth/administrator';
import { pageSize } from '../list-params';
import { containsPattern } from '../sql-text';
import type { KeyListParams, keySorts } from './key-input';
import { type KeySummary, keyStatus, keySummary } from './key-summary';

export type KeyPage = {
  rows: KeySummary[];
  total: number;
  page: number;
  pages: number;
  /** Sr. No. of the first row. */
  firstNumber: number;
};

/** Never SQL from the address: the sort words map to these. The id settles ties, so pages hold still. */
const orderings: Record<(typeof keySorts)[number], SQL[]> = {
  '-created': [desc(apiKey.createdAt), desc(apiKey.id)],
  created: [asc(apiKey.createdAt), asc(apiKey.id)],
  username: [asc(directoryUser.usernameFolded), asc(apiKey.id)],
  '-username': [desc(directoryUser.usernameFolded), desc(apiKey.id)],
  status: [asc(keyStatus), asc(apiKey.id)],
  '-status': [desc(keyStatus), desc(apiKey.id)],
  used: [sql`${apiKey.lastUsedAt} asc nulls first`, asc(apiKey.id)],
  '-used': [sql`${apiKey.lastUsedAt} desc nulls last`, desc(apiKey.id)],
  expires: [sql`${apiKey.expiresAt} asc nulls last`, asc(apiKey.id)],
  '-expires': [sql`${apiKey.expiresAt} desc nulls first`, desc(apiKey.id)],
};

/** One page of the report. A page beyond the end is the last one. */
export async function searchKeys(
  administrator: Administrator,
  params: Pick<KeyListParams, 'username' | 'status' | 'sort' | 'page'>,
): Promise<KeyPage> {
  authorize(administrator, 'viewer');
  const matches = matching(params);
  const total = await countKeys(matches);
  const pages = Math.max(1, Math.ceil(total / pageSize));
  const page = Math.min(params.page, pages);
  const rows = await database()
    .select(keySummary)
    .from(apiKey)
    .innerJoin(directoryUser, eq(directoryUser.id, apiKey.ownerId))
    .where(matches)
    .orderBy(...orderings[params.sort ?? '-created'])
    .limit(pageSize)
    .offset((page - 1) * pageSize);
  return { rows, total, page, pages, firstNumber: (page - 1) * pageSize + 1 };
}

/** What the report and its export show; `api_key` and `directory_user` are joined. */
export function matching(params: Pick<KeyListParams, 'username' | 'status'>): SQL | undefined {
  return and(
    isNull(apiKey.deletedAt),
    params.username
      ? sql`${directoryUser.usernameFolded} like ${containsPattern(params.username)}`
      : undefined,
    params.status ? eq(keyStatus, params.status) : undefined,
  );
}

async function countKeys(matches: SQL | undefined): Promise<number> {
  const [row] = await database()
    .select({ total: count() })
    .from(apiKey)
    .innerJoin(directoryUser, eq(directoryUser.id, apiKey.ownerId))
    .where(matches);
  return row?.total ?? 0;
}
