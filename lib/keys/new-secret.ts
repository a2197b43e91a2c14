import 'server-only';
import { eq, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { type AuditActor, recordEvent } from '@/lib/audit/record-event';
import { settings } from '@/lib/settings/settings';
import { keyTarget } from './find-key';
import { endHandOvers } from './hand-over/end-hand-overs';
import { retireSecret } from './overlap';
import type { OverlapChoice } from './overlap-choices';
import type { LockedKey } from './policy/key-fields';
import { currentPepper } from './secret/pepper';
import { forgetSealedSecrets, isRevealOn, sealSecret } from './secret/sealed-secrets';
import { mintSecret, storedSecret } from './secret/secret';

export type NewSecret = {
  outcome: 'regenerated';
  username: string;
  secret: string;
  scopes: string[];
  revealable: boolean;
  oldStopsAt: Date | null;
};

/** Gives a locked key a new secret, to be shown once. The caller has checked that `by` may have it. */
export async function putNewSecret(
  tx: Queryable,
  by: AuditActor,
  key: LockedKey,
  stops: OverlapChoice,
): Promise<NewSecret> {
  const secret = await mintSecretFor(tx, key.id);
  await endHandOvers(tx, [key.id]);
  const oldStopsAt = await retireSecret(tx, key.id, stops);
  await replaceSecret(tx, key, secret);
  await recordEvent(tx, by, 'key.regenerate', keyTarget(key), {
    details: {
      fromVersion: key.secretVersion,
      ...(oldStopsAt && { oldStopsAt: oldStopsAt.toISOString() }),
    },
  });
  const revealable = key.revealable && isRevealOn();
  const { username, scopes } = key;
  return { outcome: 'regenerated', username, secret, scopes, revealable, oldStopsAt };
}

/** A secret with the key's own prefix. An imported key in another format gets ours. */
export async function mintSecretFor(tx: Queryable, id: string): Promise<string> {
  const [key] = await tx
    .select({ prefix: apiKey.secretPrefix })
    .from(apiKey)
    .where(eq(apiKey.id, id));
  return mintSecret(key?.prefix || settings().KEY_PREFIX);
}

/** Stores the new secret, and seals it where the old one was sealed. */
export async function replaceSecret(
  tx: Queryable,
  { id, ownerId, ...key }: LockedKey,
  secret: string,
): Promise<void> {
  const secretVersion = key.secretVersion + 1;
  await tx
    .update(apiKey)
    .set({
      ...storedSecret(secret, currentPepper()),
      secretVersion,
      secretCreatedAt: sql`now()`,
    })
    .where(eq(apiKey.id, id));
  await forgetSealedSecrets(tx, [id]);
  if (key.revealable) await sealSecret(tx, secret, { keyId: id, ownerId, secretVersion });
}
