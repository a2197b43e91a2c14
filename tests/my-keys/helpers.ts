import { pagePool } from '@/db/client';
import type { KeyOwner } from '@/lib/access/key-owner';
import type { OwnKeyRule } from '@/lib/keys/policy/own-key-rule';
import { insertUser } from '../helpers/people';

/** Sets the policy of one's own keys without an administrator. */
export async function setRule(rule: OwnKeyRule): Promise<void> {
  await pagePool().query(
    `insert into key_policy (own_keys) values ($1) on conflict (id) do update set own_keys = $1`,
    [rule],
  );
}

/** A new user, who has no role unless `more` gives one, at `/me`. */
export async function insertOwner(
  username: string,
  more: Parameters<typeof insertUser>[1] = {},
): Promise<KeyOwner> {
  const id = await insertUser(username, more);
  return { kind: 'key-owner', id, username, address: '192.0.2.1' };
}
