import 'server-only';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { directoryUser } from '@/db/schema/directory-user';
import { keyLastUse } from '@/db/schema/key-last-use';
import type { Actor } from '@/lib/access/actor';
import { authorize } from '@/lib/access/administrator';
import { rights } from '@/lib/access/rights';
import { type KeySummary, keySummary } from './key-summary';
import { usedLately } from './use/use-sql';

/** The limits of a key, besides its scopes and expiry date. */
export type KeyLimits = {
  /** Networks as PostgreSQL writes them, `10.0.0.0/8`. */
  allowedAddresses: string[];
  rateLimit: number | null;
  /** In seconds. */
  rateWindow: number | null;
  metadata: Record<string, unknown> | null;
};

export type KeyDetails = KeySummary &
  KeyLimits & { secretCreatedAt: Date; createdBy: string | null };

export const keyLimits = {
  allowedAddresses: apiKey.allowedAddresses,
  rateLimit: apiKey.rateLimit,
  rateWindow: apiKey.rateWindow,
  metadata: apiKey.metadata,
};

/** All that is shown of a key. */
const keyDetails = {
  ...keySummary,
  ...keyLimits,
  secretCreatedAt: apiKey.secretCreatedAt,
  createdBy: sql<string | null>`(select creator.username from directory_user creator
    where creator.id = ${apiKey.createdBy})`,
};

export async function findKey(
  actor: Actor,
  id: string,
  tx: Queryable = database(),
): Promise<KeyDetails | null> {
  authorize(actor, rights.readKeys);
  const [key] = await readDetails([id], tx);
  return key ?? null;
}

/** The keys with these ids that are not deleted, in any order. */
export function readDetails(ids: string[], tx: Queryable = database()): Promise<KeyDetails[]> {
  return tx
    .select(keyDetails)
    .from(apiKey)
    .innerJoin(directoryUser, eq(directoryUser.id, apiKey.ownerId))
    .where(and(inArray(apiKey.id, ids), isNull(apiKey.deletedAt)));
}

/** What the report shows of a key that has just been deleted. */
export async function findDeletedKey(actor: Actor, id: string) {
  authorize(actor, rights.readKeys);
  const [key] = await database()
    .select({ username: directoryUser.username, hint: keySummary.hint })
    .from(apiKey)
    .innerJoin(directoryUser, eq(directoryUser.id, apiKey.ownerId))
    .where(and(eq(apiKey.id, id), sql`${apiKey.deletedAt} is not null`));
  return key ?? null;
}

/**
 * Locks the key until the end of the transaction and returns it; null if it no longer exists. Also locks its
 * last use, so that it waits for a use that is being written.
 */
export async function lockKey(tx: Queryable, id: string): Promise<(KeySummary & KeyLimits) | null> {
  const [key] = await tx
    .select({ ...keySummary, ...keyLimits })
    .from(apiKey)
    .innerJoin(directoryUser, eq(directoryUser.id, apiKey.ownerId))
    .where(and(eq(apiKey.id, id), isNull(apiKey.deletedAt)))
    .for('update', { of: apiKey });
  if (!key) return null;
  const [use] = await tx
    .select({ usedLately: usedLately(keyLastUse.usedAt) })
    .from(keyLastUse)
    .where(eq(keyLastUse.keyId, id))
    .for('no key update');
  return { ...key, usedLately: use?.usedLately === true };
}

/** The audit's target of a key: owner and hint, without the secret. */
export function keyTarget(key: { id: string; username: string; hint: string }) {
  return { type: 'key', id: key.id, label: `${key.username} ${key.hint}` } as const;
}
