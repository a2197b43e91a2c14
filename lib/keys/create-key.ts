import 'server-only';
import { and, count, eq, isNull } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Queryable } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { directoryUser } from '@/db/schema/directory-user';
import type { Administrator } from '@/lib/access/administrator';
import { changeAs } from '@/lib/access/change-as';
import { recordEvent } from '@/lib/audit/record-event';
import { namedBy } from '@/lib/lists/username';
import { settings } from '@/lib/settings/settings';
import { keyTarget } from './find-key';
import type { CreateKeyInput } from './key-input';
import { expiryRefusal, judgeExpiry } from './policy/expiry';
import { findKeyPolicy } from './policy/key-policy';
import { mayChange } from './reserved-scopes';
import { currentPepper } from './secret/pepper';
import { isRevealOn, sealSecret } from './secret/sealed-secrets';
import { mintSecret, storedSecret } from './secret/secret';

export type CreateKeyResult =
  | { outcome: 'created'; id: string; username: string; secret: string }
  | { outcome: 'unknown-user' }
  | { outcome: 'disabled-user'; username: string }
  | { outcome: 'bad-expiry'; message: string }
  | { outcome: 'too-many-keys'; username: string; most: number }
  | { outcome: 'reserved-scopes' }
  | { outcome: 'reveal-is-off' }
  | { outcome: 'repeated'; id: string };

/**
 * Makes a key for the named user. Only the result contains the secret. A repeated request (same `requestId`)
 * makes nothing and returns the id of the key made before.
 */
export async function createKey(
  administrator: Administrator,
  input: Omit<CreateKeyInput, 'after'>,
): Promise<CreateKeyResult> {
  type Result = Promise<CreateKeyResult>;
  const lock = async (tx: Queryable) => {
    const policy = await findKeyPolicy(tx);
    const owner = await lockOwner(tx, input.user, policy.mostKeysPerUser !== null);
    return { policy, owner };
  };
  return changeAs(administrator, 'operator', lock, async (tx, by, { policy, owner }): Result => {
    const repeated = await findByRequest(tx, input.requestId);
    if (repeated) return { outcome: 'repeated', id: repeated };
    if (!owner) return { outcome: 'unknown-user' };
    if (!owner.active) return { outcome: 'disabled-user', username: owner.username };
    if (!mayChange(by, null, input)) return { outcome: 'reserved-scopes' };
    if (input.revealable && !isRevealOn()) return { outcome: 'reveal-is-off' };
    const expiry = await judgeExpiry(tx, input, policy);
    if (expiry.outcome !== 'fine') {
      return { outcome: 'bad-expiry', message: expiryRefusal(expiry) };
    }
    const most = policy.mostKeysPerUser;
    if (most !== null && (await countKeysOf(tx, owner.id)) >= most) {
      return { outcome: 'too-many-keys', username: owner.username, most };
    }
    return insertKey(tx, by, owner, { ...input, expires: expiry.expiresAt });
  });
}

type Owner = { id: string; username: string };

async function insertKey(
  tx: Queryable,
  administrator: Administrator,
  owner: Owner,
  input: Omit<CreateKeyInput, 'after'>,
): Promise<CreateKeyResult> {
  const id = uuidv7();
  const secret = mintSecret(settings().KEY_PREFIX);
  const stored = storedSecret(secret, currentPepper());
  const inserted = await tx
    .insert(apiKey)
    .values({
      id,
      ownerId: owner.id,
      name: input.name,
      active: input.active,
      scopes: input.scopes,
      expiresAt: input.expires,
      allowedAddresses: input.allowedAddresses,
      rateLimit: input.rateLimit,
      rateWindow: input.rateLimit === null ? null : input.rateWindow,
      metadata: input.metadata,
      requestId: input.requestId,
      createdBy: administrator.id,
      ...stored,
    })
    .onConflictDoNothing({ target: apiKey.requestId })
    .returning({ id: apiKey.id });
  if (inserted.length === 0) {
    // The other request with this id was still running at the first look and has committed since.
    return { outcome: 'repeated', id: (await findByRequest(tx, input.requestId)) ?? id };
  }
  if (input.revealable) {
    await sealSecret(tx, secret, { keyId: id, ownerId: owner.id, secretVersion: 1 });
  }
  const hint = `${stored.secretPrefix}_${stored.secretFirst}…${stored.secretLast}`;
  const target = keyTarget({ id, username: owner.username, hint });
  const { requestId: _, user: __, lifetime: ___, ...details } = input;
  await recordEvent(tx, administrator, 'key.create', target, { details });
  return { outcome: 'created', id, username: owner.username, secret };
}

async function findByRequest(tx: Queryable, requestId: string): Promise<string | undefined> {
  const [key] = await tx
    .select({ id: apiKey.id })
    .from(apiKey)
    .where(eq(apiKey.requestId, requestId));
  return key?.id;
}

async function countKeysOf(tx: Queryable, ownerId: string): Promise<number> {
  const [row] = await tx
    .select({ keys: count() })
    .from(apiKey)
    .where(and(eq(apiKey.ownerId, ownerId), isNull(apiKey.deletedAt)));
  return row?.keys ?? 0;
}

/**
 * Locks the owner, so that nobody disables or deletes them before the commit. If their keys are counted, it
 * also locks out another new key.
 */
async function lockOwner(tx: Queryable, username: string, alone: boolean) {
  const { where, orderBy } = namedBy(username);
  const [owner] = await tx
    .select({
      id: directoryUser.id,
      username: directoryUser.username,
      active: directoryUser.active,
    })
    .from(directoryUser)
    .where(where)
    .orderBy(orderBy)
    .limit(1)
    .for(alone ? 'no key update' : 'share');
  return owner;
}
