import 'server-only';
import { and, count, eq, inArray, isNull } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import type { Actor } from '@/lib/access/actor';
import { recordEvents } from '@/lib/audit/record-event';
import { keyTarget } from './find-key';
import { endHandOvers } from './hand-over/end-hand-overs';
import type { KeySummary } from './key-summary';
import { findKeyPolicy } from './policy/key-policy';
import { resealSecrets } from './secret/sealed-secrets';

type Person = { id: string; username: string };

export type TransferRefusal =
  | { outcome: 'disabled-user'; username: string }
  | { outcome: 'too-many-keys'; username: string; most: number };

/** Why a locked user cannot take these keys; null if they can. The caller has checked the role. */
export async function refuseTransfer(
  tx: Queryable,
  keys: KeySummary[],
  to: Person & { active: boolean },
): Promise<TransferRefusal | null> {
  const { username } = to;
  if (!to.active) return { outcome: 'disabled-user', username };
  const { mostKeysPerUser: most } = await findKeyPolicy(tx);
  if (most === null) return null;
  const [row] = await tx
    .select({ keys: count() })
    .from(apiKey)
    .where(and(eq(apiKey.ownerId, to.id), isNull(apiKey.deletedAt)));
  const has = row?.keys ?? 0;
  return has + keys.length > most ? { outcome: 'too-many-keys', username, most } : null;
}

/**
 * Transfers locked keys to another user, with one event for each. Secrets stay the same. Sealed ones are
 * sealed again, because an envelope opens only for the owner it was made for.
 *
 * @returns how many could not be opened and can no longer be revealed
 */
export async function transferLockedKeys(
  tx: Queryable,
  actor: Actor,
  keys: KeySummary[],
  { from, to }: { from: Person; to: Person },
): Promise<number> {
  if (keys.length === 0) return 0;
  const lost = await resealSecrets(tx, keys, to.id);
  const ids = keys.map((key) => key.id);
  // The links are in the hands of the owner before.
  await endHandOvers(tx, ids);
  await tx.update(apiKey).set({ ownerId: to.id }).where(inArray(apiKey.id, ids));
  const owner = { from: from.username, to: to.username };
  const record = (some: KeySummary[], details: Record<string, unknown>) =>
    recordEvents(tx, actor, 'key.transfer', some.map(keyTarget), { details });
  await record(
    keys.filter((key) => !lost.has(key.id)),
    { owner },
  );
  await record(
    keys.filter((key) => lost.has(key.id)),
    { owner, revealable: { from: 'yes', to: 'no' } },
  );
  return lost.size;
}
