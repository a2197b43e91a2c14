import 'server-only';
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { apiKey } from '@/db/schema/api-key';
import { directoryUser } from '@/db/schema/directory-user';
import { containsPattern } from '../sql-text';
import type { KeyListParams } from './key-input';
import { keyStatus } from './key-summary';

/** What the report finds, over keys joined with their owners. */
export function keyFilter({
  username,
  status,
}: Pick<KeyListParams, 'username' | 'status'>): SQL | undefined {
  return and(
    isNull(apiKey.deletedAt),
    username ? sql`${directoryUser.usernameFolded} like ${containsPattern(username)}` : undefined,
    status ? eq(keyStatus, status) : undefined,
  );
}
