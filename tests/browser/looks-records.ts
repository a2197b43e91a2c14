import { freshName, type SignedDesk } from './desk';

/** The ids of the records on the screens. */
export type Records = Record<
  'key' | 'busy' | 'owner' | 'viewer' | 'keyImport' | 'bulk' | 'webhook',
  string | undefined
>;

let planted: Promise<Records> | undefined;

/** The records are planted once for each worker, whose desk is the same for all tests. */
export function recordsOf(desk: SignedDesk): Promise<Records> {
  planted ??= plant(desk);
  return planted;
}

async function plant(desk: SignedDesk): Promise<Records> {
  const name = freshName('look');
  const owner = await desk.addUser(name);
  const [key] = await desk.query<{ id: string }>(
    `insert into api_key (id, owner_id, name, active, expires_at, secret_mac, secret_pepper, secret_prefix, secret_first, secret_last, request_id)
     values (gen_random_uuid(), $1, 'reports', true, now(), sha256('${name}'::bytea), 1, 'kd', 'AbCd', 'wXyZ', gen_random_uuid())
     returning id`,
    [owner],
  );
  await desk.query(
    `insert into sealed_secret (key_id, kek_version, wrapped_key, ciphertext)
     values ($1, 1, decode(repeat('00', 60), 'hex'), decode(repeat('00', 80), 'hex'))`,
    [key?.id],
  );
  const [busy] = await desk.query<{ id: string }>(
    `with made as (
       insert into api_key (id, owner_id, secret_version, secret_mac, secret_pepper, secret_prefix, secret_first, secret_last, request_id)
       values (gen_random_uuid(), $1, 2, sha256($2), 1, 'kd', 'AbCd', 'wXyZ', gen_random_uuid())
       returning id
     ), old as (
       insert into former_secret (mac, key_id, pepper, version, stops_at)
       select sha256('old' || $2), id, 1, 1, now() + interval '1 day' from made
     ), seen as (
       insert into key_source select id, 1, '2001:db8:1234:5678:9abc:def0:1234:5678', now(), 7 from made
     )
     select id from made`,
    [owner, Buffer.from(`busy ${name}`)],
  );
  await desk.query('update key_last_use set used_at = now() where key_id = $1', [busy?.id]);
  return {
    key: key?.id,
    busy: busy?.id,
    owner,
    viewer: await desk.addUser(freshName('vic'), { role: 'viewer' }),
    keyImport: await checkedKeys(desk),
    bulk: await askedBulk(desk, [key?.id, busy?.id]),
    webhook: await plantNotices(desk),
  };
}

/** A webhook that failed and was retried, and one that wants nothing more. */
async function plantNotices(desk: SignedDesk): Promise<string | undefined> {
  const [hook] = await desk.query<{ id: string }>(
    `with off as (
       insert into webhook (id, url, active, refused, sealed_secret)
       values (gen_random_uuid(), 'https://gone.example.org/', false, true, decode(repeat('00', 60), 'hex'))
     )
     insert into webhook (id, url, sealed_secret, former_secret, former_until)
     values (gen_random_uuid(), 'https://hooks.example.org/services/a-long-path-without-blanks-0123456789',
       decode(repeat('00', 60), 'hex'), decode(repeat('00', 60), 'hex'), now() + interval '1 day')
     returning id`,
  );
  await desk.query(
    `with made as (
       insert into notice_message (id, type, body) values (gen_random_uuid(), 'key.expiring', '{}')
       returning id
     )
     insert into notice_delivery (id, message_id, webhook_id, recipient, state, attempts, next_at,
       tried_at, status, milliseconds, problem)
     select gen_random_uuid(), made.id, $1::uuid, null, 'waiting', 3, now() + interval '5 minutes',
       now(), 503, 1234, 'It answered 503.' from made
     union all select gen_random_uuid(), made.id, null, 'somebody.with-a-long-name@example.org',
       'delivered', 1, now(), now(), null, 87, null from made`,
    [hook?.id],
  );
  return hook?.id;
}

/** A checked file with a good and a bad line. */
async function checkedKeys(desk: SignedDesk): Promise<string> {
  const [row] = await desk.query<{ id: string }>(
    `insert into key_import (id, administrator_id, line_count, bad_count, reserved, file_digest)
     select gen_random_uuid(), id, 2, 1, false, sha256('') from directory_user where username = 'admin'
     returning id`,
  );
  await desk.query(
    `insert into key_import_line (import_id, line, key_id, username, name, active, scopes, mac,
       pepper, secret_prefix, secret_first, secret_last, verdict)
     select $1, line, gen_random_uuid(), 'grace', 'reports', true, '{}', sha256('x'), 1, '', '', '',
       case when line = 3 then 'User "grace" is not in the database.' end
     from generate_series(2, 3) line`,
    [row?.id],
  );
  return row?.id ?? '';
}

/** The question before a deletion of keys of which one is in use. */
async function askedBulk(desk: SignedDesk, keys: (string | undefined)[]): Promise<string> {
  const [row] = await desk.query<{ id: string }>(
    `with asked as (
       insert into bulk_change (id, administrator_id, verb, total)
       select gen_random_uuid(), id, 'delete', 2 from directory_user where username = 'admin'
       returning id
     ), chosen as (
       insert into bulk_change_key (bulk_id, position, key_id)
       select asked.id, n, key_id from asked, unnest($1::uuid[]) with ordinality as chosen (key_id, n)
     )
     select id from asked`,
    [keys],
  );
  return row?.id ?? '';
}
