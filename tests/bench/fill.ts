import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, writeSync } from 'node:fs';
import { Client } from 'pg';
import { v7 } from 'uuid';
import { migrateDatabase } from '@/db/migrate';
import { mintSecret, secretMac, storedSecret } from '@/lib/keys/secret/secret';

export const pepper = { version: 1, key: createHash('sha256').update('bench').digest() };
const chunk = 20_000;

export type Filled = { url: string; secrets: string; unknown: string; service: string };

/**
 * A database with this many keys, five for each user, and files with their secrets. It is kept and reused.
 */
export async function fill(admin: string, count: number, folder: string): Promise<Filled> {
  const name = `keydesk_bench_${count}`;
  const url = new URL(admin);
  url.pathname = `/${name}`;
  const filled = {
    url: url.href,
    secrets: `${folder}/${name}.secrets`,
    unknown: `${folder}/${name}.unknown`,
    service: '',
  };
  const client = new Client({ connectionString: admin });
  await client.connect();
  const known = await client.query('select 1 from pg_database where datname = $1', [name]);
  const ready = known.rowCount === 1 && existsSync(filled.secrets);
  if (!ready) {
    await client.query(`drop database if exists ${name}`);
    await client.query(`create database ${name}`);
  }
  await client.end();
  if (!ready) {
    await migrateDatabase(filled.url);
    await fillDatabase(filled, count);
  }
  return { ...filled, service: await addServiceKey(filled.url) };
}

/** Fills a migrated database and writes the files with the secrets. */
export async function fillDatabase(filled: Filled, count: number) {
  const client = new Client({ connectionString: filled.url });
  await client.connect();
  await client.query('set synchronous_commit = off');
  await client.query(
    `insert into directory_user (id, username) select gen_random_uuid(), 'user-' || n
     from generate_series(1, $1::int) n`,
    [Math.ceil(count / 5)],
  );
  const users = await client.query<{ id: string }>('select id from directory_user');
  const file = openSync(filled.secrets, 'w');
  for (let from = 0; from < count; from += chunk) {
    const secrets = Array.from({ length: Math.min(chunk, count - from) }, () => mintSecret('kd'));
    writeSync(file, `${secrets.join('\n')}\n`);
    await insertKeys(
      client,
      secrets,
      secrets.map((_, index) => users.rows[Math.floor((from + index) / 5)]?.id ?? ''),
    );
  }
  closeSync(file);
  const unknown = openSync(filled.unknown, 'w');
  for (let index = 0; index < 100_000; index++) writeSync(unknown, `${mintSecret('kd')}\n`);
  closeSync(unknown);
  await client.query('vacuum analyze');
  await client.end();
}

async function insertKeys(client: Client, secrets: string[], owners: string[]) {
  await client.query(
    `insert into api_key (id, owner_id, name, scopes, secret_mac, secret_pepper, secret_prefix,
       secret_first, secret_last, request_id)
     select id, owner, 'key', '{reports:read}', decode(mac, 'hex'), 1, 'kd', 'aaaa', 'zzzz',
       gen_random_uuid()
     from unnest($1::uuid[], $2::uuid[], $3::text[]) as t (id, owner, mac)`,
    [
      secrets.map(() => v7()),
      owners,
      secrets.map((secret) => secretMac(secret, pepper).toString('hex')),
    ],
  );
}

/** A service key with these scopes. @returns its secret */
export async function addServiceKey(url: string, scopes = ['keydesk:verify']): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const service = mintSecret('kd');
  const stored = storedSecret(service, pepper);
  await client.query(
    `insert into api_key (id, owner_id, scopes, secret_mac, secret_pepper, secret_prefix,
       secret_first, secret_last, request_id)
     select $1, id, $5::text[], $2, 1, 'kd', $3, $4, gen_random_uuid()
     from directory_user limit 1`,
    [v7(), stored.secretMac, stored.secretFirst, stored.secretLast, scopes],
  );
  await client.end();
  return service;
}
