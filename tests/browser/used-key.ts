import { freshName, type SignedDesk } from './desk';

/** A key in use, with the traces of verification. */
export async function usedKey(desk: SignedDesk, stem: string) {
  const name = freshName(stem);
  const owner = await desk.addUser(name);
  const [key] = await desk.query<{ id: string }>(
    `with made as (
       insert into api_key (id, owner_id, name, secret_mac, secret_pepper, secret_prefix, secret_first, secret_last, request_id)
       values (gen_random_uuid(), $1, 'reports', sha256($2), 1, 'kd', 'AbCd', 'wXyZ', gen_random_uuid())
       returning id
     ), used as (
       insert into key_usage (key_id, hour, code, version, count)
       select id, date_trunc('hour', now()) - make_interval(hours => n), 'VALID', 1, 1000 from made, unnest('{0,30}'::int[]) n
     ), seen as (
       insert into key_source select id, 1, '192.0.2.17', now() - interval '3 minutes', 1000 from made
     )
     select id from made`,
    [owner, Buffer.from(name)],
  );
  await desk.query('update key_last_use set used_at = now() where key_id = $1', [key?.id]);
  return { name, id: key?.id ?? '' };
}
