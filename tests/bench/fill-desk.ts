import { Client } from 'pg';
import { migrateDatabase } from '@/db/migrate';
import { numberOption, option } from './desk-options';
import { fillTables } from './fill-tables';

/**
 * `npm run bench -- fill --keys 1000000 [--database URL]`: a desk of that size, to try out. It uses a
 * database of its own on the server of `BENCH_DATABASE_URL` or `DATABASE_URL`, unless one is named. After an
 * interruption it continues where it stopped.
 */
export async function benchFill(): Promise<void> {
  const keys = numberOption('--keys', 10_000);
  const named = option('--database');
  const server = process.env.BENCH_DATABASE_URL ?? process.env.DATABASE_URL;
  if (!named && !server)
    throw new Error('Set BENCH_DATABASE_URL or DATABASE_URL, or give --database.');
  const url = named ?? (await createDatabase(server ?? '', `keydesk_desk_${keys}`));
  await fillDesk(url, keys);
  console.log(`DATABASE_URL=${url}`);
}

/** The address of a filled database of this size on the server. Uses it as it is if it is already filled. */
export async function givenDesk(server: string, keys: number): Promise<string> {
  const url = await createDatabase(server, `keydesk_desk_${keys}`);
  await fillDesk(url, keys);
  return url;
}

async function fillDesk(url: string, keys: number) {
  await migrateDatabase(url);
  const client = new Client({ connectionString: url });
  await client.connect();
  await fillTables(client, keys, showProgress).finally(() => client.end());
}

async function createDatabase(server: string, name: string): Promise<string> {
  const url = new URL(server);
  url.pathname = `/${name}`;
  const client = new Client({ connectionString: server });
  await client.connect();
  const known = await client.query('select from pg_database where datname = $1', [name]);
  if (known.rowCount === 0) await client.query(`create database ${name} template template0`);
  await client.end();
  return url.href;
}

const began = Date.now();

function showProgress(what: string, done: number, all: number) {
  const share = all === 0 ? 1 : done / all;
  const bar = '#'.repeat(Math.round(share * 30)).padEnd(30, '.');
  const seconds = Math.round((Date.now() - began) / 1_000);
  const line = `${what.padEnd(8)} [${bar}] ${done.toLocaleString('en')} of ${all.toLocaleString('en')}, ${seconds} s`;
  if (process.stderr.isTTY) process.stderr.write(`\r${line}${done === all ? '\n' : ''}`);
  else if (done === all) console.error(line);
}
