import 'server-only';
import { randomBytes } from 'node:crypto';
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { directoryUser } from '@/db/schema/directory-user';
import { commandLine } from '@/lib/access/command-line';
import { recordEvents } from '@/lib/audit/record-event';
import { deleteLockedKeys } from '@/lib/keys/delete-keys-of';
import { keyTarget } from '@/lib/keys/find-key';
import { type KeySummary, keySummary } from '@/lib/keys/key-summary';
import { endOverlaps, retireSecret } from '@/lib/keys/overlap';
import { forgetSealedSecrets } from '@/lib/keys/secret/sealed-secrets';
import { mintSecret, storedSecret } from '@/lib/keys/secret/secret';
import { inBatches } from './in-batches';
import type { KeyEnd, KeyRemedy } from './revocation-list';

export type KeyCounts = { ended: number; endedBefore: number; unknown: number };

/** In the audit beside each event that repeats one of the lost ones. */
export const repeated = { afterRestore: true };

/** Takes from keys what was taken from them before. Keys made after the backup are unknown. */
export async function endKeys(
  tx: Queryable,
  keys: ReadonlyMap<string, KeyRemedy>,
): Promise<KeyCounts> {
  const counts = { ended: 0, endedBefore: 0, unknown: 0 };
  for (const ids of inBatches([...keys.keys()].sort())) {
    const known = await tx.select({ id: apiKey.id }).from(apiKey).where(inArray(apiKey.id, ids));
    const locked = await lockKeys(tx, ids);
    const withEnd = (...ends: KeyEnd[]) =>
      locked.filter(({ id }) => ends.includes(keys.get(id)?.end as KeyEnd));
    await deleteLockedKeys(tx, commandLine, withEnd('delete'), repeated);
    await replaceSecrets(tx, withEnd('replace-secret'));
    await switchOff(tx, withEnd('replace-secret', 'switch-off'));
    await endOverlaps(
      tx,
      withEnd('end-overlap', 'switch-off').map(({ id }) => id),
    );
    await shorten(tx, locked, keys);
    counts.ended += locked.length;
    counts.endedBefore += known.length - locked.length;
    counts.unknown += ids.length - known.length;
  }
  return counts;
}

function lockKeys(tx: Queryable, ids: string[]): Promise<KeySummary[]> {
  return tx
    .select(keySummary)
    .from(apiKey)
    .innerJoin(directoryUser, eq(directoryUser.id, apiKey.ownerId))
    .where(and(inArray(apiKey.id, ids), isNull(apiKey.deletedAt)))
    .orderBy(asc(apiKey.id))
    .for('update', { of: apiKey });
}

async function switchOff(tx: Queryable, keys: KeySummary[]) {
  const on = keys.filter(({ active }) => active);
  if (on.length === 0) return;
  const ids = on.map(({ id }) => id);
  await tx.update(apiKey).set({ active: false }).where(inArray(apiKey.id, ids));
  await recordEvents(tx, commandLine, 'key.deactivate', on.map(keyTarget), { details: repeated });
}

/**
 * The secret that a key got after the backup is lost, and the one before must not work again, even if the key is
 * switched on by mistake. So each gets one that nobody knows, under a pepper that nobody has.
 */
async function replaceSecrets(tx: Queryable, keys: KeySummary[]) {
  for (const { id, secretVersion } of keys) {
    await retireSecret(tx, id, 'now');
    const [row] = await tx
      .select({ prefix: apiKey.secretPrefix, version: apiKey.secretPepper })
      .from(apiKey)
      .where(eq(apiKey.id, id));
    const pepper = { version: row?.version ?? 1, key: randomBytes(32) };
    await tx
      .update(apiKey)
      .set({
        ...storedSecret(mintSecret(row?.prefix || 'kd'), pepper),
        secretVersion: secretVersion + 1,
        secretCreatedAt: sql`now()`,
      })
      .where(eq(apiKey.id, id));
  }
  await forgetSealedSecrets(
    tx,
    keys.map(({ id }) => id),
  );
  await recordEvents(
    tx,
    commandLine,
    'key.regenerate',
    keys.map((key) => ({
      ...keyTarget(key),
      details: { fromVersion: key.secretVersion, ...repeated },
    })),
  );
}

async function shorten(tx: Queryable, keys: KeySummary[], wanted: ReadonlyMap<string, KeyRemedy>) {
  for (const key of keys) {
    const { end = null, expiresAt: to } = wanted.get(key.id) ?? { expiresAt: null };
    if (to === null || end === 'delete') continue;
    const before = key.expiresAt;
    if (before !== null && before <= new Date(to)) continue;
    await tx
      .update(apiKey)
      .set({ expiresAt: new Date(to) })
      .where(eq(apiKey.id, key.id));
    const details = { expiresAt: { from: before?.toISOString() ?? null, to }, ...repeated };
    await recordEvents(tx, commandLine, 'key.update', [keyTarget(key)], { details });
  }
}
