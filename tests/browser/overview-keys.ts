import type { SignedDesk } from './desk';

export async function keysOf(desk: SignedDesk, owner: string, keys: number, changes = '') {
  const rows = await desk.query<{ id: string }>(
    `insert into api_key (id, owner_id, secret_mac, secret_pepper, secret_prefix, secret_first, secret_last, request_id)
     select gen_random_uuid(), $1, sha256(gen_random_uuid()::text::bytea), 1, 'kd', 'AbCd', 'wXyZ', gen_random_uuid()
     from generate_series(1, $2::int) returning id`,
    [owner, keys],
  );
  const ids = rows.map(({ id }) => id);
  if (changes) await desk.query(`update api_key set ${changes} where id = any($1)`, [ids]);
  return ids;
}
