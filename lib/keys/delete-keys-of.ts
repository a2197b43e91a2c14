import 'server-only';
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { directoryUser } from '@/db/schema/directory-user';
import type { Actor } from '@/lib/access/actor';
import { recordEvents } from '@/lib/audit/record-event';
import { keyTarget } from './find-key';
import { endHandOvers } from './hand-over/end-hand-overs';
import { type KeySummary, keySummary } from './key-summary';
import { forgetSealedSecrets } from './secret/sealed-secrets';

/** Locks and returns the keys of a user. The caller has locked the owner, so that none is added meanwhile. */
export async function lockKeysOf(tx: Queryable, ownerId: string): Promise<KeySummary[]> {
  return tx
    .select(keySummary)
    .from(apiKey)
    .innerJoin(directoryUser, eq(directoryUser.id, apiKey.ownerId))
    .where(and(eq(apiKey.ownerId, ownerId), isNull(apiKey.deletedAt)))
    .orderBy(asc(apiKey.id))
    .for('update', { of: apiKey });
}

/** Deletes locked keys, with one event for each. Their secrets are refused from the commit on. */
export async function deleteLockedKeys(
  tx: Queryable,
  actor: Actor,
  keys: KeySummary[],
  details: Record<string, unknown> = {},
): Promise<void> {
  const chunks: KeySummary[][] = [];
  for (let start = 0; start < keys.length; start += 1_000) {
    chunks.push(keys.slice(start, start + 1_000));
  }
  for (const some of chunks) {
    const ids = some.map((key) => key.id);
    await tx.update(apiKey).set({ deletedAt: sql`now()` }).where(inArray(apiKey.id, ids));
    await forgetSealedSecrets(tx, ids);
    await endHandOvers(tx, ids);
  }
  // Last, because no other event can be recorded from here to the commit.
  for (const some of chunks) {
    await recordEvents(tx, actor, 'key.delete', some.map(keyTarget), { details });
  }
}
