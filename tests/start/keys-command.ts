import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pagePool } from '@/db/client';
import { bundled, nodeOptions } from '../helpers/bundled';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { countRows } from '../helpers/keys';
import { insertPeople, insertUser } from '../helpers/people';
import { testSettings } from '../helpers/settings';

/** A desk with people, a user and a disabled one, for commands on its keys. */
export function useDesk(): void {
  useTestDatabase();
  beforeEach(async () => {
    await emptyDatabase();
    await insertPeople();
    await insertUser('grace');
    await insertUser('gone', { active: false });
  });
}

export const sql = (text: string, values: unknown[] = []) => pagePool().query(text, values);
export const secretForm = /^kd_[0-9A-Za-z]{49}$/;
export type Json = Record<string, unknown> & { items: Record<string, unknown>[] };

/** Runs the program with the settings that keys need, and keeps its two outputs apart. */
export const keys = (...args: string[]) => keysWith({}, ...args);

export async function keysWith(more: Record<string, string>, ...args: string[]) {
  const child = spawn(
    process.execPath,
    [...nodeOptions, await bundled('scripts/admin.ts'), 'keys', ...args],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...{ PATH: process.env.PATH, NODE_ENV: 'test', DATABASE_URL: process.env.DATABASE_URL },
        ...{ KEY_PEPPER: testSettings.KEY_PEPPER, AUDIT_KEY: testSettings.AUDIT_KEY },
        ...more,
      },
    },
  );
  let [out, errors] = ['', ''];
  child.stdout.on('data', (part) => (out += part));
  child.stderr.on('data', (part) => (errors += part));
  const [code] = await once(child, 'close');
  return { code, out, errors, json: () => JSON.parse(out) as Json };
}

export const isOn = async (id: string) =>
  (await sql('select active from api_key where id = $1 and deleted_at is null', [id])).rows[0]
    ?.active;

/** What hand-overs need of the desk. */
export const own = {
  AUTH_URL: 'https://keys.example.org',
  AUTH_SECRET: testSettings.AUTH_SECRET,
};

/** Runs a command that changes nothing, and says why. */
export async function expectRefusal(args: string[], message: string): Promise<void> {
  const { code, out, errors } = await keys(...args);
  expect([code, out, errors]).toEqual([1, '', expect.stringMatching(message)]);
  expect([await countRows('api_key'), await countRows('audit_event')]).toEqual([0, 0]);
}
