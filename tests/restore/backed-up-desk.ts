import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeDatabase, database } from '@/db/client';
import { deleteKey, switchKey } from '@/lib/keys/change-key';
import { regenerateKey } from '@/lib/keys/regenerate-key';
import { keepIdentity } from '@/lib/restore/keep-identity';
import { startSession } from '@/lib/sessions/session';
import { disableUser } from '@/lib/users/disable-user';
import { addressOf, dropDatabase, testServer } from '../helpers/database-server';
import { makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto } from '../helpers/people';
import { createDatabase } from '../helpers/template-database';
import { admin, beNew, copyDatabase, renameDatabases, type startDesk } from './helpers';

export const name = `restore_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
export const backup = `${name}_backup`;
export const lost = `${name}_lost`;
export const url = () => addressOf(testServer(), name);

type Desk = Awaited<ReturnType<typeof startDesk>>;
/** What differs from test to test. */
export const now: { desk?: Desk } = {};
let folder = '';
export let caller = '';
export let keys: Record<'kept' | 'deleted' | 'off' | 'regenerated' | 'ofDisabled' | 'again', Made>;
type Made = { id: string; secret: string };
let began: Date;

/** A desk of which a backup was made, and which went on until now. */
export function useBackedUpDesk(): void {
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'keydesk-revocations-'));
    await beNew(await createDatabase(name));
    expect(await keepIdentity()).toBe(true);
    await insertPeople();
    await insertUser('grace');
    const linus = await insertUser('linus');
    caller = (await makeKey(ada, 'otto', { scopes: ['keydesk:verify'] })).secret;
    const make = (user: string) => makeKey(ada, user);
    keys = {
      kept: await make('grace'),
      deleted: await make('grace'),
      off: await make('grace'),
      regenerated: await make('grace'),
      again: await make('grace'),
      ofDisabled: await make('linus'),
    };
    await startSession(database(), otto.id, { address: '192.0.2.1', userAgent: 'Jest' });
    began = new Date();
    await copyDatabase(name, backup);

    await deleteKey(ada, keys.deleted.id);
    await switchKey(ada, { id: keys.off.id, active: false });
    await regenerateKey(ada, { id: keys.regenerated.id });
    await disableUser(ada, { id: linus, keys: 1, keyAction: 'keep', to: '' });
    // Made after the backup.
    await deleteKey(ada, (await makeKey(ada, 'grace')).id);
  });
  afterEach(async () => {
    await now.desk?.close();
    now.desk = undefined;
    await closeDatabase();
    for (const one of [name, backup, lost]) await dropDatabase(one);
    rmSync(folder, { recursive: true, force: true });
  });
}

export const answers = async () =>
  Object.fromEntries(
    await Promise.all(
      Object.entries(keys).map(async ([what, { secret }]) => [what, await now.desk?.ask(secret)]),
    ),
  );
export const all = (code: string) =>
  Object.fromEntries(Object.keys(keys).map((what) => [what, code]));
export const right = {
  ...{ kept: 'VALID', again: 'VALID', deleted: 'NOT_FOUND', off: 'INACTIVE' },
  ...{ regenerated: 'NOT_FOUND', ofDisabled: 'OWNER_INACTIVE' },
};

/** The list of the old database, and then the backup in its place. */
export async function restore(): Promise<string> {
  const { code, stdout } = await admin(['revocations', '--since', began.toISOString()]);
  expect(code).toBe(0);
  await closeDatabase();
  await renameDatabases([name, lost], [backup, name]);
  return stdout;
}

export function file(text: string): string {
  const path = join(folder, 'revocations.ndjson');
  writeFileSync(path, text);
  return path;
}
