import 'server-only';
import { eq, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { settings } from '@/lib/settings/settings';
import type { LockedKey } from './policy/key-fields';
import { currentPepper } from './secret/pepper';
import { forgetSealedSecrets, sealSecret } from './secret/sealed-secrets';
import { storedSecret } from './secret/secret';

/** The key's own prefix. An imported key in another format gets ours. */
export async function prefixFor(tx: Queryable, id: string): Promise<string> {
  const [key] = await tx
    .select({ prefix: apiKey.secretPrefix })
    .from(apiKey)
    .where(eq(apiKey.id, id));
  return key?.prefix || settings().KEY_PREFIX;
}

/** Stores the new secret, and seals it where the old one was sealed. */
export async function replaceSecret(
  tx: Queryable,
  { id, ownerId, ...key }: LockedKey,
  secret: string,
) {
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
