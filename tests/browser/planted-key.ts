import { freshName, type SignedDesk } from './desk';

/** A user with a key, made for one test. */
export type Planted = { name: string; owner: string; key: string };

/** Writes a key of a new user into the database, where a test is not about making it. */
export async function plantKey(desk: SignedDesk, stem = 'owner'): Promise<Planted> {
  const name = freshName(stem);
  const owner = await desk.addUser(name);
  const [key] = await desk.query<{ id: string }>(
    `insert into api_key (id, owner_id, secret_mac, secret_pepper, secret_prefix, secret_first, secret_last, request_id)
     values (gen_random_uuid(), $1, sha256($2), 1, 'kd', 'AbCd', 'wXyZ', gen_random_uuid()) returning id`,
    [owner, Buffer.from(name)],
  );
  return { name, owner, key: key?.id ?? '' };
}
