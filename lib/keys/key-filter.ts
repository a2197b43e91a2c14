import 'server-only';
import { and, eq, gt, isNull, lte, type SQL, sql } from 'drizzle-orm';
import { apiKey } from '@/db/schema/api-key';
import { directoryUser } from '@/db/schema/directory-user';
import { isBeginningOnly } from '../users/beginning';
import { nameBegins, nameContains } from '../users/username';
import { expiringDays, type KeyListParams, type StatusFilter } from './key-input';
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
    status ? statusFilter(status) : undefined,
  );
}

/** The report has the same in terms of its own index. */
function statusFilter(status: StatusFilter): SQL | undefined {
  if (status !== 'expiring') return eq(keyStatus, status);
  return and(
    apiKey.active,
    gt(apiKey.expiresAt, sql`now()`),
    lte(apiKey.expiresAt, sql`now() + make_interval(days => ${expiringDays})`),
  );
}

function nameFilter(text: string, beginning: boolean): SQL {
  const name = directoryUser.usernameFolded;
  return beginning
    ? sql`${name} collate "C" like ${nameBegins(text)}`
    : sql`${name} like ${nameContains(text)}`;
}
