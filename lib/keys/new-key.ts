import 'server-only';
import { and, count, eq, isNull } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Queryable } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { directoryUser } from '@/db/schema/directory-user';
import { type Actor, personOf } from '@/lib/access/actor';
import { recordEvent } from '@/lib/audit/record-event';
import { namedBy } from '@/lib/lists/username';
import { settings } from '@/lib/settings/settings';
import { keyTarget } from './find-key';
import { type BegunHandOver, beginHandOver, recordHandOver } from './hand-over/begin-hand-over';
import { refuseWish, type WishRefusal } from './hand-over/refuse-wish';
import type { NewKey } from './key-input';
import { expiryRefusal, judgeExpiry } from './policy/expiry';
import { findKeyPolicy, type KeyPolicy } from './policy/key-policy';
import { grantsRetired, mayChange, requireProofFor } from './reserved-scopes';
import { currentPepper } from './secret/pepper';
import { isRevealOn, sealSecret } from './secret/sealed-secrets';
import { hintText, mintSecret, storedSecret } from './secret/secret';

/** Whose key it becomes. */
export type Owner = { id: string; username: string };

export type KeyRefusal =
  | { outcome: 'bad-expiry'; message: string }
  | { outcome: 'too-many-keys'; username: string; most: number }
  | { outcome: 'reserved-scopes' | 'retired-scopes' }
  | { outcome: 'reveal-is-off' | 'not-revealable' }
  | WishRefusal;

/**
 * The rules and the owner, who is locked against being disabled or deleted between this look and our
 * commit; where their keys are counted, also against another key of theirs.
 */
export async function lockOwner(tx: Queryable, username: string) {
  const policy = await findKeyPolicy(tx);
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
    .for(policy.mostKeysPerUser !== null ? 'no key update' : 'share');
  return { policy, owner };
}

/** Whether this owner may be given this key now, and when it would end. */
export async function judgeKey(
  tx: Queryable,
  by: Actor,
  { policy, owner }: { policy: KeyPolicy; owner: Owner },
  input: NewKey,
): Promise<KeyRefusal | { outcome: 'fine'; expiresAt: Date | null }> {
  if (!mayChange(by, null, input)) return { outcome: 'reserved-scopes' };
  if (grantsRetired(null, input)) return { outcome: 'retired-scopes' };
  requireProofFor(by, null, input);
  if (input.revealable && input.handOver) return { outcome: 'not-revealable' };
  if (input.revealable && !isRevealOn()) return { outcome: 'reveal-is-off' };
  const refusal = await refuseWish(tx, owner, input.handOver);
  if (refusal) return refusal;
  const expiry = await judgeExpiry(tx, input, policy);
  if (expiry.outcome !== 'fine') return { outcome: 'bad-expiry', message: expiryRefusal(expiry) };
  const most = policy.mostKeysPerUser;
  if (most !== null && (await countKeysOf(tx, owner.id)) >= most) {
    return { outcome: 'too-many-keys', username: owner.username, most };
  }
  return expiry;
}

/** A key that is stored, and not yet written down. */
export type StoredKey = {
  id: string;
  secret: string;
  hint: string;
  /** Absent if whoever makes the key is shown the secret. */
  handOver?: BegunHandOver;
};

/** Stores the key; null where the same request has made one. */
export async function storeKey(
  tx: Queryable,
  by: Actor,
  owner: Owner,
  input: NewKey,
): Promise<StoredKey | null> {
  const id = uuidv7();
  const secret = mintSecret(settings().KEY_PREFIX);
  const stored = storedSecret(secret, currentPepper());
  const inserted = await tx
    .insert(apiKey)
    .values({
      id,
      ownerId: owner.id,
      name: input.name,
      // A key that is handed over is switched on when it is collected.
      active: input.active && !input.handOver,
      scopes: input.scopes,
      expiresAt: input.expires,
      allowedAddresses: input.allowedAddresses,
      rateLimit: input.rateLimit,
      rateWindow: input.rateLimit === null ? null : input.rateWindow,
      metadata: input.metadata,
      requestId: input.requestId,
      createdBy: personOf(by),
      ...stored,
    })
    .onConflictDoNothing({ target: apiKey.requestId })
    .returning({ id: apiKey.id });
  if (inserted.length === 0) return null;
  if (input.revealable) {
    await sealSecret(tx, secret, { keyId: id, ownerId: owner.id, secretVersion: 1 });
  }
  const made = { id, secret, hint: hintText(stored) };
  if (!input.handOver) return made;
  const key = { keyId: id, owner, name: input.name };
  const handed = { ...key, secret, secretVersion: 1, activates: input.active };
  return { ...made, handOver: await beginHandOver(tx, by, handed, input.handOver) };
}

/** The event of a key just stored, written last; see `recordEvent`. */
export async function recordKey(
  tx: Queryable,
  by: Actor,
  { username }: Owner,
  { id, hint, handOver }: StoredKey,
  input: NewKey,
): Promise<void> {
  const { requestId: _, user: __, lifetime: ___, handOver: ____, ...details } = input;
  const target = keyTarget({ id, username, hint });
  await recordEvent(tx, by, 'key.create', target, { details });
  if (handOver) await recordHandOver(tx, by, target, handOver);
}

/** The key that a request has made before. */
export async function findByRequest(tx: Queryable, requestId: string): Promise<string | undefined> {
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

/** What the maker of a key is given: the secret, or the link that brings it to its user instead. */
export const issued = ({ id, secret, handOver }: StoredKey) =>
  handOver ? { id, secret: '', handOver } : { id, secret };
