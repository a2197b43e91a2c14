import 'server-only';
import type { Queryable } from '@/db/client';
import type { Actor } from '@/lib/access/actor';
import { changeAs } from '@/lib/access/change-as';
import { type Match, requireMatch } from '@/lib/access/match';
import { rights } from '@/lib/access/rights';
import { lockKey } from './find-key';
import { keyTag } from './key-tag';
import { lockOwner } from './new-key';
import { mayChange } from './reserved-scopes';
import { refuseTransfer, type TransferRefusal, transferLockedKeys } from './transfer-keys';

export type TransferKeyResult =
  | { outcome: 'transferred' }
  /** The key is theirs already, and nothing was changed. */
  | { outcome: 'same-user' }
  | { outcome: 'gone' | 'unknown-user' | 'needs-admin' }
  | TransferRefusal;

/** Transfers one key to the named user. Its secret stays the same. Locks the new owner first, then the key. */
export async function transferKey(
  actor: Actor,
  { id, to, match }: { id: string; to: string; match?: Match },
): Promise<TransferKeyResult> {
  type Result = Promise<TransferKeyResult>;
  const lock = async (tx: Queryable) => {
    const { owner } = await lockOwner(tx, to);
    return { owner, key: await lockKey(tx, id) };
  };
  return changeAs(actor, rights.widenKeys, lock, async (tx, by, { owner, key }): Result => {
    if (!key) return { outcome: 'gone' };
    requireMatch(keyTag(key), match);
    if (!mayChange(by, key)) return { outcome: 'needs-admin' };
    if (!owner) return { outcome: 'unknown-user' };
    if (owner.id === key.ownerId) return { outcome: 'same-user' };
    const refusal = await refuseTransfer(tx, [key], owner);
    if (refusal) return refusal;
    const from = { id: key.ownerId, username: key.username };
    await transferLockedKeys(tx, by, [key], { from, to: owner });
    return { outcome: 'transferred' };
  });
}
