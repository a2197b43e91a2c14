import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { prepared } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { directoryUser } from '@/db/schema/directory-user';
import { type KeySummary, keySummary } from './key-summary';

const keysOf = prepared((db) =>
  db
    .select(keySummary)
    .from(apiKey)
    .innerJoin(directoryUser, eq(directoryUser.id, apiKey.ownerId))
    .where(sql`${apiKey.id} = any(${sql.placeholder('ids')}::uuid[])`)
    .prepare('keydesk_keys_of_page'),
);

/** The summaries of a list's keys, in any order. */
export const readSummaries = (ids: string[]): Promise<KeySummary[]> => keysOf().execute({ ids });
