import 'server-only';
import { eq, inArray } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { sealedSecret } from '@/db/schema/sealed-secret';
import { settings } from '../env';
import { type Envelope, type Place, seal } from './envelope';

/** Whether this installation can seal secrets at all. */
export function isRevealOn(): boolean {
  return settings().KEY_ENCRYPTION_KEY !== undefined;
}

/** Keeps the secret, sealed. Where reveal is off there is never a ciphertext. */
export async function sealSecret(tx: Queryable, secret: string, place: Place): Promise<void> {
  const [kek] = settings().KEY_ENCRYPTION_KEY ?? [];
  if (!kek) return;
  await tx.insert(sealedSecret).values({ keyId: place.keyId, ...seal(secret, place, kek) });
}

/** The envelope of a key, for `revealKey` alone. */
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

/** Part of the transaction in which these secrets end. */
export async function forgetSealedSecrets(tx: Queryable, keyIds: string[]): Promise<void> {
  if (keyIds.length > 0) await tx.delete(sealedSecret).where(inArray(sealedSecret.keyId, keyIds));
}
