import { freshName, type SignedDesk } from './desk';

export const addKeys = (desk: SignedDesk, owner: string, count: number) =>
  desk.query(
    `insert into api_key (id, owner_id, name, created_at, secret_mac, secret_pepper, secret_prefix, secret_first, secret_last, request_id)
     select gen_random_uuid(), $1, 'no ' || n, now() + n * interval '1 ms', sha256(gen_random_uuid()::text::bytea), 1, 'kd', 'AbCd', 'wXyZ', gen_random_uuid()
     from generate_series(1, $2::int) n`,
    [owner, count],
  );

export async function priyas(desk: SignedDesk, keys: number) {
  const name = freshName('priya');
  const [id, other] = [await desk.addUser(name), await desk.addUser(`${name}.n`)];
  await addKeys(desk, other, keys);
  return { name, id, other };
}
