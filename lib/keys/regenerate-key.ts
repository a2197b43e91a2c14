import 'server-only';
import type { Database, Queryable } from '@/db/client';
import type { Actor } from '@/lib/access/actor';
import { changeAs } from '@/lib/access/change-as';
import { type Match, requireMatch } from '@/lib/access/match';
import { rights } from '@/lib/access/rights';
import { keyTarget, lockKey } from './find-key';
import {
  type BegunHandOver,
  beginHandOver,
  findUncollected,
  recordHandOver,
} from './hand-over/begin-hand-over';
import type { HandOverWish } from './hand-over/hand-over-input';
import { refuseWish, type WishRefusal } from './hand-over/refuse-wish';
import { keyTag } from './key-tag';
import { mintSecretFor, type NewSecret, putNewSecret, replaceSecret } from './new-secret';
import { retireSecret } from './overlap';
import type { OverlapChoice } from './overlap-choices';
import type { LockedKey } from './policy/key-fields';
import { mayChange, requireProofFor } from './reserved-scopes';
import { currentPepper } from './secret/pepper';
import { storedSecret } from './secret/secret';

export type RegenerateKeyResult =
  | NewSecret
  /** A link brings the new secret to its user. `waits` if the key has no other that somebody knows. */
  | {
      outcome: 'handed-over';
      username: string;
      scopes: string[];
      handOver: BegunHandOver;
      waits: boolean;
      /** It can be revealed until then. */
      revealable: boolean;
    }
  | WishRefusal
  | { outcome: 'changed-meanwhile' }
  | { outcome: 'needs-admin' }
  | { outcome: 'gone' };

type Wanted = {
  id: string;
  version?: number;
  match?: Match | undefined;
  stops?: OverlapChoice;
  handOver?: HandOverWish | null;
};

/**
 * Replaces the secret of a key. `version` is the secret that the administrator saw. If it was replaced
 * meanwhile, nothing changes. A service names the tag of the whole key instead. The old secret may have an
 * overlap. `within` is a transaction to be part of.
 */
export async function regenerateKey(
  actor: Actor,
  { id, version, match, stops = 'now', handOver }: Wanted,
  within?: Database,
): Promise<RegenerateKeyResult> {
  type Result = Promise<RegenerateKeyResult>;
  const change = async (tx: Queryable, by: Actor, key: LockedKey | null): Result => {
    if (!key) return { outcome: 'gone' };
    requireMatch(keyTag(key), match);
    if (!mayChange(by, key)) return { outcome: 'needs-admin' };
    // The new secret is shown to whoever asks for it.
    requireProofFor(by, null, key);
    if (version !== undefined && key.secretVersion !== version) {
      return { outcome: 'changed-meanwhile' };
    }
    if (!handOver) return putNewSecret(tx, by, key, stops);
    const secret = await mintSecretFor(tx, id);
    return handOverSecret(tx, by, key, { secret, stops, handOver });
  };
  const lock = (tx: Queryable) => lockKey(tx, id);
  return changeAs(actor, rights.writeKeys, lock, change, { within, savepoint: false });
}

type Handed = { secret: string; stops: OverlapChoice; handOver: HandOverWish };

/**
 * Keeps the present secret until the new one is collected. A new key that nobody has collected has no secret
 * to keep: it gets the new one now, and goes on waiting.
 */
async function handOverSecret(
  tx: Queryable,
  by: Actor,
  key: LockedKey,
  { secret, stops, handOver: wish }: Handed,
): Promise<RegenerateKeyResult> {
  const owner = { id: key.ownerId, username: key.username };
  const refusal = await refuseWish(tx, owner, wish);
  if (refusal) return refusal;
  const uncollected = await findUncollected(tx, key);
  const about = { keyId: key.id, owner, name: key.name };
  const handed = { ...about, secret, secretVersion: key.secretVersion + 1 };
  if (uncollected) {
    await retireSecret(tx, key.id, 'now');
    await replaceSecret(tx, { ...key, revealable: false }, secret);
  }
  const stored = storedSecret(secret, currentPepper());
  const handOver = await beginHandOver(
    tx,
    by,
    { ...handed, ...(uncollected ?? { replacement: { stored, overlap: stops } }) },
    wish,
  );
  await recordHandOver(tx, by, keyTarget(key), handOver);
  const { username, scopes, revealable } = key;
  const waits = uncollected !== null;
  return { outcome: 'handed-over', username, scopes, handOver, waits, revealable };
}
