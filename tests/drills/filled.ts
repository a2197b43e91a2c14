import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { fillDatabase } from '../bench/fill';
import type { Known } from './callers';

/** A key that was filled in. */
export type FilledKey = { id: string; owner: string; secret: string; code: 'VALID' | 'INACTIVE' };

/** Fills a migrated database with so many keys. @returns the first of them, of which one is switched off */
export async function fillWithKeys(url: string, count: number, most = 500): Promise<FilledKey[]> {
  const folder = mkdtempSync(join(tmpdir(), 'keydesk-drill-'));
  const secrets = join(folder, 'secrets');
  await fillDatabase({ url, secrets, unknown: join(folder, 'unknown'), service: '' }, count);
  const first = readFileSync(secrets, 'latin1').split('\n').slice(0, Math.min(most, count));
  rmSync(folder, { recursive: true });
  const client = new Client({ connectionString: url });
  await client.connect();
  // Ids rise with the time, so this is the order of the file.
  const { rows } = await client.query<{ id: string; owner: string }>(
    'select id, owner_id as owner from api_key order by id limit $1',
    [first.length],
  );
  await client.query('update api_key set active = false where id = $1', [rows[0]?.id]);
  await client.end();
  return rows.map((row, at) => ({
    ...row,
    secret: first[at] ?? '',
    code: at === 0 ? 'INACTIVE' : 'VALID',
  }));
}

/** What verification must say of these keys. */
export const known = (keys: FilledKey[]): Known[] =>
  keys.map(({ secret, code }) => ({ secret, code }));
