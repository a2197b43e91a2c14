import 'server-only';
import { and, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { directoryUser } from '@/db/schema/directory-user';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { keySummary } from './key-summary';
import { isRestorable } from './restore-key';

export type DeletedKey = {
  id: string;
  username: string;
  ownerDeleted: boolean;
  name: string;
  hint: string;
  deletedAt: Date;
};

/** Most deleted keys that are shown. */
const mostShown = 100;

/** Keys that can be restored, last deleted first. */
export async function listDeletedKeys(administrator: Administrator): Promise<DeletedKey[]> {
  authorize(administrator, 'viewer');
  const rows = await database()
    .select({
      id: apiKey.id,
      username: directoryUser.username,
      ownerDeleted: sql<boolean>`${directoryUser.deletedAt} is not null`,
      name: apiKey.name,
      hint: keySummary.hint,
      deletedAt: apiKey.deletedAt,
    })
    .from(apiKey)
    .innerJoin(directoryUser, eq(directoryUser.id, apiKey.ownerId))
    .where(and(isNotNull(apiKey.deletedAt), isNull(apiKey.purgedAt), isRestorable))
    .orderBy(desc(apiKey.deletedAt), desc(apiKey.id))
    .limit(mostShown);
  return rows as DeletedKey[];
}
