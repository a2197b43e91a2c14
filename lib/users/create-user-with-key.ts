import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Queryable } from '@/db/client';
import { violatedUniqueness } from '@/db/unique-violation';
import type { Administrator } from '@/lib/access/administrator';
import { changeAs } from '@/lib/access/change-as';
import { type CreateKeyResult, createKey } from '@/lib/keys/create-key';
import type { NewKey } from '@/lib/keys/key-input';
import {
  findByRequest,
  issued,
  judgeKey,
  lockOwner,
  recordKey,
  storeKey,
} from '@/lib/keys/new-key';
import { insertUsers, recordUsers } from './create-user';
import { type Confirmed, findLookalike } from './find-lookalike';

export type CreateUserWithKeyResult =
  | CreateKeyResult
  /** Somebody has a name that looks like it, and it was not agreed to. */
  | { outcome: 'lookalike'; username: string };

type Added = CreateUserWithKeyResult | { outcome: 'exists' };

/**
 * Adds the named user and makes their first key, or neither. Where somebody has the name by now, such
 * as the same request sent before, this is a key for them.
 */
export async function createUserWithKey(
  administrator: Administrator,
  { lookalike, ...input }: NewKey & Confirmed,
): Promise<CreateUserWithKeyResult> {
  const lock = (tx: Queryable) => lockOwner(tx, input.user);
  try {
    const added = await changeAs(administrator, 'operator', lock, (tx, by, { policy, owner }) =>
      owner ? exists() : add(tx, by, policy, { lookalike, ...input }),
    );
    if (added.outcome !== 'exists') return added;
  } catch (error) {
    if (!(error instanceof RepeatedError) && violatedUniqueness(error) === null) throw error;
  }
  return createKey(administrator, input);
}

const exists = async (): Promise<Added> => ({ outcome: 'exists' });

type Policy = Awaited<ReturnType<typeof lockOwner>>['policy'];

async function add(
  tx: Queryable,
  by: Administrator,
  policy: Policy,
  { lookalike, ...input }: NewKey & Confirmed,
): Promise<Added> {
  const repeated = await findByRequest(tx, input.requestId);
  if (repeated) return { outcome: 'repeated', id: repeated };
  const user = { id: uuidv7(), username: input.user, displayName: '', email: '', active: true };
  const alike = lookalike === input.user ? null : await findLookalike(tx, input.user, user.id);
  if (alike !== null) return { outcome: 'lookalike', username: alike };
  const verdict = await judgeKey(tx, by, { policy, owner: user }, input);
  if (verdict.outcome !== 'fine') return verdict;
  await insertUsers(tx, [user]);
  const wanted = { ...input, expires: verdict.expiresAt };
  const key = await storeKey(tx, by, user, wanted);
  if (!key) throw new RepeatedError();
  await recordUsers(tx, by, [user]);
  await recordKey(tx, by, user, key, wanted);
  return { outcome: 'created', username: user.username, ...issued(key) };
}

/** Takes back the user: the same request has made its key under another name. */
class RepeatedError extends Error {
  override readonly name = 'RepeatedError';
}
