import 'server-only';
import type { Database, Queryable } from '@/db/client';
import type { Actor } from '@/lib/access/actor';
import { changeAs } from '@/lib/access/change-as';
import { rights } from '@/lib/access/rights';
import type { BegunHandOver } from './hand-over/begin-hand-over';
import type { NewKey } from './key-input';
import {
  findByRequest,
  issued,
  judgeKey,
  type KeyRefusal,
  lockOwner,
  recordKey,
  storeKey,
} from './new-key';

/** The secret, or the link that brings it to its user instead. */
type Created = {
  outcome: 'created';
  id: string;
  username: string;
  secret: string;
  handOver?: BegunHandOver;
};

export type CreateKeyResult =
  | Created
  | { outcome: 'unknown-user' }
  | { outcome: 'disabled-user'; username: string }
  | { outcome: 'repeated'; id: string }
  | KeyRefusal;

/**
 * Makes a key for the named user. Only the result contains the secret. A repeated request (same `requestId`)
 * makes nothing and returns the id of the key made before. `within` is a transaction to be part of.
 */
export async function createKey(
  actor: Actor,
  input: NewKey,
  within?: Database,
): Promise<CreateKeyResult> {
  type Result = Promise<CreateKeyResult>;
  const lock = (tx: Queryable) => lockOwner(tx, input.user);
  return changeAs(
    actor,
    rights.writeKeys,
    lock,
    async (tx, by, { policy, owner }): Result => {
      // A request that is part of a transaction has an id of its own.
      const repeated = within ? undefined : await findByRequest(tx, input.requestId);
      if (repeated) return { outcome: 'repeated', id: repeated };
      if (!owner) return { outcome: 'unknown-user' };
      const { username } = owner;
      if (!owner.active) return { outcome: 'disabled-user', username };
      const verdict = await judgeKey(tx, by, { policy, owner }, input);
      if (verdict.outcome !== 'fine') return verdict;
      const wanted = { ...input, expires: verdict.expiresAt };
      const key = await storeKey(tx, by, owner, wanted);
      if (!key) {
        // The other request with this id was still running at the first look and has committed since.
        return { outcome: 'repeated', id: (await findByRequest(tx, input.requestId)) ?? '' };
      }
      await recordKey(tx, by, owner, key, wanted);
      return { outcome: 'created', username, ...issued(key) };
    },
    { within, savepoint: false },
  );
}
