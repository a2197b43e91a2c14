import 'server-only';
import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { directoryUser } from '@/db/schema/directory-user';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { type KeySummary, keySummary } from '@/lib/keys/key-summary';
import { findCallsOf } from '@/lib/keys/use/use-of-many';
import type { Calls } from '@/lib/keys/use/use-sql';

/** Most keys that a question names one by one; it is asked about all. */
export const mostNamed = 50;

const none: Calls = { calls: 0, refused: 0 };

export type OwnedKey = KeySummary & { day: Calls; week: Calls };

/** The keys of a user with their calls, those in use first. */
export async function listKeysOf(
  administrator: Administrator,
  ownerId: string,
): Promise<OwnedKey[]> {
  authorize(administrator, 'viewer');
  const rows = await database()
    .select(keySummary)
    .from(apiKey)
    .innerJoin(directoryUser, eq(directoryUser.id, apiKey.ownerId))
    .where(and(eq(apiKey.ownerId, ownerId), isNull(apiKey.deletedAt)))
    .orderBy(sql`${desc(keySummary.lastUsedAt)} nulls last`, asc(apiKey.id))
    .limit(mostNamed);
  const calls = await findCallsOf(rows.map(({ id }) => id));
  return rows.map((row) => ({ ...row, ...(calls[row.id] ?? { day: none, week: none }) }));
}
