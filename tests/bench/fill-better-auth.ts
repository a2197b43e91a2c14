import { readFileSync } from 'node:fs';
import { Client } from 'pg';

const chunk = 20_000;

/** A database of this name on the same server as Keydesk's, made unless it is there. */
export async function createPeerDatabase(admin: string, name: string): Promise<string> {
  const url = new URL(admin);
  url.pathname = `/${name}`;
  const client = new Client({ connectionString: admin });
  await client.connect();
  const known = await client.query('select 1 from pg_database where datname = $1', [name]);
  if (known.rowCount === 0) await client.query(`create database ${name}`);
  await client.end();
  return url.href;
}

/**
 * Gives better-auth the very secrets that Keydesk has, so that both are asked the same questions:
 * copies of a key that the plugin made, under the hash that it makes of these secrets.
 */
export async function copyKeys(url: string, secretsFile: string): Promise<void> {
  const secrets = readFileSync(secretsFile, 'latin1').trimEnd().split('\n');
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ count: number }>('select count(*)::int from apikey');
  // One more: the key of which the others are copies.
  if (rows[0]?.count !== secrets.length + 1) {
    await client.query('set synchronous_commit = off');
    await client.query(`delete from apikey where name = 'copy'`);
    for (let from = 0; from < secrets.length; from += chunk) {
      await client.query(copy, [secrets.slice(from, from + chunk)]);
    }
    await client.query('vacuum analyze apikey');
  }
  await client.end();
}

/** The columns that are not named have no value in the sample either. */
const copy = `
  insert into apikey (id, "configId", name, start, "referenceId", key, enabled, "rateLimitEnabled",
    "rateLimitTimeWindow", "rateLimitMax", "requestCount", "createdAt", "updatedAt", metadata)
  select replace(gen_random_uuid()::text, '-', ''), "configId", 'copy', left(secret, 6),
    "referenceId",
    rtrim(translate(encode(sha256(convert_to(secret, 'UTF8')), 'base64'), '+/', '-_'), '='),
    enabled, "rateLimitEnabled", "rateLimitTimeWindow", "rateLimitMax", 0, "createdAt", "updatedAt",
    metadata
  from unnest($1::text[]) as t (secret), (select * from apikey where name = 'bench' limit 1) as bench`;
