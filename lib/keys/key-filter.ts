import 'server-only';
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { apiKey } from '@/db/schema/api-key';
import { directoryUser } from '@/db/schema/directory-user';
import { beginsPattern, containsPattern } from '../sql-text';
import { isBeginningOnly } from '../users/beginning';
import type { KeyListParams } from './key-input';
import { keyStatus } from './key-summary';

type Filter = Pick<KeyListParams, 'username' | 'status'>;

/**
 * All that the report finds, over keys joined with their owners, for whoever wants it whole: what is
 * exported or changed at once is what the report shows, no more and no less.
 */
export async function findKeyFilter({ username, status }: Filter): Promise<SQL | undefined> {
  return and(
    isNull(apiKey.deletedAt),
    username ? nameFilter(username, await isBeginningOnly(username)) : undefined,
    status ? eq(keyStatus, status) : undefined,
  );
}

function nameFilter(text: string, beginning: boolean): SQL {
  const name = directoryUser.usernameFolded;
  return beginning
    ? sql`${name} collate "C" like ${beginsPattern(text)}`
    : sql`${name} like ${containsPattern(text)}`;
}
