import { createHash, randomUUID } from 'node:crypto';
import type { Client } from 'pg';

/** The ids that the pictures show. */
export type LivedIn = { user: string; key: string; handOver: string };

const people = [
  ['grace.hopper', 'Grace Hopper'],
  ['linus.t', 'Linus T.'],
  ['priya.n', 'Priya Narayanan'],
  ['wei.zhang', 'Wei Zhang'],
  ['billing', 'Billing service'],
  ['reporting', 'Reports at night'],
  ['edge-gateway', 'Gateway at the edge'],
  ['marta.k', 'Marta Kowalska'],
  ['olu.a', 'Olu Adeyemi'],
  ['data-export', 'Nightly export'],
  ['sofia.r', 'Sofía Ramírez'],
  ['build-agents', 'Build agents'],
] as const;

const names = ['laptop', 'production', 'nightly run', 'staging', 'phone', '', 'dashboard'];
const scopes = [['reports:read'], ['reports:read', 'orders:write'], [], ['invoices:read']];

/** Users that are services; the first person answers for them. */
const services = new Set<string>([
  ...['billing', 'reporting', 'edge-gateway', 'data-export', 'build-agents'],
]);

/** Days from now; null for most keys, which never expire. */
const ends = [null, 11, null, 90, null, -3, null, 300, 27, null];

/** A desk that was used for a month, the same in every run except for its ids. */
export async function fillLivedIn(client: Client): Promise<LivedIn> {
  const users = await addUsers(client);
  const keys = await addKeys(client, users);
  await addUsage(client, keys);
  const handOver = await addHandOver(client, keys[1] ?? '');
  return { user: users[0] ?? '', key: keys[0] ?? '', handOver };
}

async function addHandOver(client: Client, key: string): Promise<string> {
  const id = randomUUID();
  await client.query(
    `insert into hand_over (id, key_id, replaces, activates, secret_version, proof_hash,
       sealed_secret, expires_at)
     values ($1, $2, false, true, 1, sha256('proof'), decode(repeat('00', 84), 'hex'),
       now() + interval '20 hours')`,
    [id, key],
  );
  await client.query('update api_key set active = false where id = $1', [key]);
  return id;
}

async function addUsers(client: Client): Promise<string[]> {
  const ids: string[] = [];
  for (const [at, [username, displayName]] of people.entries()) {
    const id = randomUUID();
    ids.push(id);
    await client.query(
      `insert into directory_user
         (id, username, display_name, email, active, created_at, kind, responsible_id)
       values ($1, $2, $3, $4, $5, now() - make_interval(days => $6), $7, $8)`,
      [
        ...[id, username, displayName, `${username}@example.org`, at !== 8, 300 - at * 20],
        ...(services.has(username) ? ['service', ids[0]] : ['person', null]),
      ],
    );
  }
  return ids;
}

async function addKeys(client: Client, users: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < 84; at++) {
    const id = randomUUID();
    ids.push(id);
    const mac = createHash('sha256').update(`picture ${at}`).digest();
    const shown = mac.toString('base64').replaceAll(/[^A-Za-z0-9]/g, '');
    await client.query(
      `insert into api_key (id, owner_id, name, active, scopes, expires_at, secret_mac, secret_pepper,
         secret_prefix, secret_first, secret_last, request_id, created_at)
       values ($1, $2, $3, $4, $5, now() + make_interval(days => $6), $7, 1, 'kd', $8, $9,
         gen_random_uuid(), now() - make_interval(days => $10, hours => $11))`,
      [
        id,
        users[(at * 7) % users.length],
        names[at % names.length],
        at % 9 !== 4,
        scopes[at % scopes.length],
        ends[at % ends.length],
        mac,
        shown.slice(0, 4),
        shown.slice(-4),
        at * 3,
        at % 11,
      ],
    );
  }
  return ids;
}

/** More calls by day than at night and at weekends, and a refusal now and then. */
async function addUsage(client: Client, keys: string[]): Promise<void> {
  const busy = keys.slice(0, 40);
  await client.query(
    `with calls as (
       select k.id, k.at, hour, case when k.at % 6 = 2 and extract(hour from hour)::int % 5 = 1
           then 'INSUFFICIENT_SCOPE' else 'VALID' end as code,
         (1 + (40 / k.at) * (6 + 5 * sin((extract(hour from hour) - 8) / 24 * 6.28))
           * (case when extract(isodow from hour) > 5 then 0.3 else 1 end))::bigint as count
       from unnest($1::uuid[]) with ordinality k(id, at),
         generate_series(date_trunc('hour', now()) - interval '30 days', date_trunc('hour', now()),
           interval '1 hour') hour
       where (k.at + extract(hour from hour)::int) % 3 > 0
     ), used as (
       insert into key_usage (key_id, hour, code, version, count)
       select id, hour, code, 1, count from calls
     ), sources as (
       insert into key_source (key_id, version, address, last_seen, calls)
       select id, 1, '203.0.113.' || at, now() - make_interval(mins => at::int), 10 from
         unnest($1::uuid[]) with ordinality k(id, at)
     )
     insert into usage_total (hour, code, count)
     select hour, code, sum(count) from calls group by hour, code`,
    [busy],
  );
  await client.query(
    `update key_last_use l set used_at = now() - make_interval(mins => (k.at * k.at * 3)::int)
     from unnest($1::uuid[]) with ordinality k(id, at) where l.key_id = k.id`,
    [keys.slice(0, 60)],
  );
}
