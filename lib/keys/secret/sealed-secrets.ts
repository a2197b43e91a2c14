import 'server-only';
import { eq, inArray } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { sealedSecret } from '@/db/schema/sealed-secret';
import { settings } from '@/lib/settings/settings';
import {
  DamagedEnvelopeError,
  type Envelope,
  MissingKeyError,
  open,
  type Place,
  seal,
} from './envelope';

type Sealed = { id: string; ownerId: string; secretVersion: number };

/** Whether this installation can seal secrets at all. */
export function isRevealOn(): boolean {
  return settings().KEY_ENCRYPTION_KEY !== undefined;
}

/** Stores the secret sealed. If reveal is off, nothing is stored. */
export async function sealSecret(tx: Queryable, secret: string, place: Place): Promise<void> {
  const [kek] = settings().KEY_ENCRYPTION_KEY ?? [];
  if (!kek) return;
  await tx.insert(sealedSecret).values({ keyId: place.keyId, ...seal(secret, place, kek) });
}

/** The envelope of a key. Only `revealKey` uses it. */
export async function findSealedSecret(tx: Queryable, keyId: string): Promise<Envelope | null> {
  const [sealed] = await tx
    .select({
      kekVersion: sealedSecret.kekVersion,
      wrappedKey: sealedSecret.wrappedKey,
      ciphertext: sealedSecret.ciphertext,
    })
    .from(sealedSecret)
    .where(eq(sealedSecret.keyId, keyId));
  return sealed ?? null;
}

/**
 * Seals the secrets of locked keys again for another owner. An envelope that is damaged, or whose
 * key-encryption key is missing, could never be opened again, so it is deleted.
 *
 * @returns the ids of the keys whose envelopes were deleted
 */
export async function resealSecrets(
  tx: Queryable,
  keys: Sealed[],
  ownerId: string,
): Promise<Set<string>> {
  const lost = new Set<string>();
  const byId = new Map(keys.map((key) => [key.id, key]));
  const envelopes = await tx
    .select()
    .from(sealedSecret)
    .where(inArray(sealedSecret.keyId, [...byId.keys()]))
    .for('update');
  for (const envelope of envelopes) {
    const key = byId.get(envelope.keyId);
    const anew = key ? reseal(envelope, key, ownerId) : null;
    if (!anew) lost.add(envelope.keyId);
    else await tx.update(sealedSecret).set(anew).where(eq(sealedSecret.keyId, envelope.keyId));
  }
  await forgetSealedSecrets(tx, [...lost]);
  return lost;
}

function reseal(
  envelope: Envelope,
  { id: keyId, ownerId, secretVersion }: Sealed,
  newOwnerId: string,
): Envelope | null {
  const keks = settings().KEY_ENCRYPTION_KEY ?? [];
  const [newest] = keks;
  if (!newest) return null;
  try {
    const secret = open(envelope, { keyId, ownerId, secretVersion }, keks);
    return seal(secret, { keyId, ownerId: newOwnerId, secretVersion }, newest);
  } catch (error) {
    if (error instanceof MissingKeyError || error instanceof DamagedEnvelopeError) return null;
    throw error;
  }
}

/** Call it in the transaction in which these secrets end. */
export async function forgetSealedSecrets(tx: Queryable, keyIds: string[]): Promise<void> {
  if (keyIds.length > 0) await tx.delete(sealedSecret).where(inArray(sealedSecret.keyId, keyIds));
}
