import 'server-only';
import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { directoryUser } from '@/db/schema/directory-user';
import { type Administrator, authorize } from '../auth/administrator';
import { type KeySummary, keySummary } from '../keys/key-summary';

/** Most keys that a question names one by one; it is asked about all. */
export const mostNamed = 50;

/** The keys of a user, those in use first. */
export async function listKeysOf(
  administrator: Administrator,
  ownerId: string,
): Promise<KeySummary[]> {
  authorize(administrator, 'viewer');
  return database()
    .select(keySummary)
    .from(apiKey)
    .innerJoin(directoryUser, eq(directoryUser.id, apiKey.ownerId))
    .where(and(eq(apiKey.ownerId, ownerId), isNull(apiKey.deletedAt)))
    .orderBy(sql`${desc(apiKey.lastUsedAt)} nulls last`, asc(apiKey.id))
    .limit(mostNamed);
}
