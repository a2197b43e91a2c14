import 'server-only';
import { eq, inArray, sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { directoryUser } from '@/db/schema/directory-user';
import { type KeyStatus, keySummary } from './key-summary';
import type { FoundSecret } from './secret/find-secrets';

/** What is shown of a key that somebody presented. */
export type IdentifiedKey = {
  id: string;
  username: string;
  name: string;
  hint: string;
  status: KeyStatus;
  scopes: string[];
  ownerActive: boolean;
  deleted: boolean;
};

/** A key with what is known of the presented secret: the newest one, or a replaced one in its overlap. */
export type Identified = Pick<FoundSecret, 'current' | 'standing'> & { key: IdentifiedKey };

/** The keys of these secrets, by their ids. */
export async function readIdentified(
  secrets: Iterable<FoundSecret>,
): Promise<Map<string, IdentifiedKey>> {
  const ids = [...new Set([...secrets].map(({ keyId }) => keyId))];
  if (ids.length === 0) return new Map();
  const rows = await database()
    .select({
      id: apiKey.id,
      username: directoryUser.username,
      name: apiKey.name,
      hint: keySummary.hint,
      status: keySummary.status,
      scopes: apiKey.scopes,
      ownerActive: directoryUser.active,
      deleted: sql<boolean>`${apiKey.deletedAt} is not null`,
    })
    .from(apiKey)
    .innerJoin(directoryUser, eq(directoryUser.id, apiKey.ownerId))
    .where(inArray(apiKey.id, ids));
  return new Map(rows.map((key) => [key.id, key]));
}
