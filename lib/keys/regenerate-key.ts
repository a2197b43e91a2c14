import 'server-only';
import { eq, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import type { Administrator } from '@/lib/access/administrator';
import { changeAs } from '@/lib/access/change-as';
import { recordEvent } from '@/lib/audit/record-event';
import { settings } from '@/lib/settings/settings';
import { keyTarget, lockKey } from './find-key';
import { retireSecret } from './overlap';
import type { OverlapChoice } from './overlap-choices';
import { mayChange } from './reserved-scopes';
import { currentPepper } from './secret/pepper';
import { forgetSealedSecrets, isRevealOn, sealSecret } from './secret/sealed-secrets';
import { mintSecret, storedSecret } from './secret/secret';

export type RegenerateKeyResult =
  | {
      outcome: 'regenerated';
      username: string;
      secret: string;
      scopes: string[];
      revealable: boolean;
      oldStopsAt: Date | null;
    }
  | { outcome: 'changed-meanwhile' }
  | { outcome: 'needs-admin' }
  | { outcome: 'gone' };

/**
 * Replaces the secret of a key. `version` is the secret that the administrator saw. If it was replaced
 * meanwhile, nothing changes. The old secret may have an overlap.
 */
export async function regenerateKey(
  administrator: Administrator,
  { id, version, stops = 'now' }: { id: string; version: number; stops?: OverlapChoice },
): Promise<RegenerateKeyResult> {
  type Result = Promise<RegenerateKeyResult>;
  const lock = (tx: Queryable) => lockKey(tx, id);
  return changeAs(administrator, 'operator', lock, async (tx, by, key): Result => {
    if (!key) return { outcome: 'gone' };
    if (!mayChange(by, key)) return { outcome: 'needs-admin' };
    if (key.secretVersion !== version) return { outcome: 'changed-meanwhile' };
    const secret = mintSecret(await prefixFor(tx, id));
    const oldStopsAt = await retireSecret(tx, id, stops);
    await replaceSecret(tx, id, version, secret);
    await forgetSealedSecrets(tx, [id]);
    if (key.revealable) {
      await sealSecret(tx, secret, {
        keyId: id,
        ownerId: key.ownerId,
        secretVersion: version + 1,
      });
    }
    await recordEvent(tx, by, 'key.regenerate', keyTarget(key), {
      details: {
        fromVersion: version,
        ...(oldStopsAt && { oldStopsAt: oldStopsAt.toISOString() }),
      },
    });
    return {
      outcome: 'regenerated',
      username: key.username,
      secret,
      scopes: key.scopes,
      revealable: key.revealable && isRevealOn(),
      oldStopsAt,
    };
  });
}

/** The key's own prefix. An imported key in another format gets ours. */
async function prefixFor(tx: Queryable, id: string): Promise<string> {
  const [key] = await tx
    .select({ prefix: apiKey.secretPrefix })
    .from(apiKey)
    .where(eq(apiKey.id, id));
  return key?.prefix || settings().KEY_PREFIX;
}

async function replaceSecret(tx: Queryable, id: string, version: number, secret: string) {
  await tx
    .update(apiKey)
    .set({
      ...storedSecret(secret, currentPepper()),
      secretVersion: version + 1,
      secretCreatedAt: sql`now()`,
    })
    .where(eq(apiKey.id, id));
}
