import { pagePool } from '@/db/client';
import { ReauthenticationRequiredError } from '@/lib/access/reauthentication';
import { listEventsOf } from '@/lib/audit/audit-search';
import {
  findCheckedKeys,
  findKeyImport,
  findKeyProgress,
  sumUp,
} from '@/lib/keys/import/find-import';
import { importKeys } from '@/lib/keys/import/import-keys';
import { stageKeys } from '@/lib/keys/import/stage-keys';
import { regenerateKey } from '@/lib/keys/regenerate-key';
import { importedMac } from '@/lib/keys/secret/imported-secret';
import { currentPepper } from '@/lib/keys/secret/pepper';
import { mintSecret, secretMac } from '@/lib/keys/secret/secret';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { countRows, makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto, vera } from '../helpers/people';
import { untilLockAwaited } from '../helpers/waiting';
import { format, sha256, stage, staged } from './helpers';

useTestDatabase();
beforeEach(async () => {
  await emptyDatabase();
  await insertPeople();
  await insertUser('grace');
});

const foreign = (number: number) => `live-${String(number).padStart(5, '0')}-abcdefghijklmnop`;
const file = (...lines: string[]) => ['username,name,secret', ...lines].join('\n');
const many = (count: number) =>
  file(...Array.from({ length: count }, (_, index) => `grace,,${foreign(index)}`));
const keys = () => countRows('api_key');
const lines = () => countRows('key_import_line');

async function verdicts(id: string, importer = otto) {
  const checked = await findCheckedKeys(importer, id);
  return checked?.shown.map(({ line, problem }) => [line, problem]);
}

test('the check reports the result of each line, and makes no key', async () => {
  await insertUser('mallory', { active: false });
  await insertUser('gone', { active: false, deletedAt: new Date() });
  const known = await makeKey(ada, 'ada');
  const replaced = await makeKey(ada, 'ada');
  await regenerateKey(ada, { id: replaced.id, version: 1 });
  const mistyped = `${mintSecret('kd').slice(0, -1)}!`;
  const id = await staged(
    otto,
    file(
      `GRACE,one,${foreign(1)}`,
      `nobody,,${foreign(2)}`,
      `Mallory,,${foreign(3)}`,
      `gone,,${foreign(4)}`,
      `grace,,${foreign(1)}`,
      `grace,,${known.secret}`,
      `grace,,${replaced.secret}`,
      'grace,,too-short-a-key',
      `grace,,${mistyped}`,
      `grace,two,${mintSecret('kd')}`,
    ),
  );
  const inUse = 'This secret is in the database already (deleted and replaced ones count).';
  expect(await verdicts(id)).toEqual([
    [3, 'User "nobody" is not in the database.'],
    [4, 'User "mallory" is disabled.'],
    [5, 'User "gone" is not in the database.'],
    [6, 'Same secret as line 2.'],
    [7, inUse],
    [8, inUse],
    [9, 'secret: Too short: under 16 characters a secret can be guessed.'],
    [
      10,
      'secret: It begins with "kd_" like a key of Keydesk, but its checksum is wrong: it is mistyped or cut off.',
    ],
    [2, null],
    [11, null],
  ]);
  expect(await findCheckedKeys(otto, id)).toMatchObject({ lines: 10, bad: 8 });
  expect(await keys()).toBe(2);
  expect(await importKeys(otto, id)).toEqual({ outcome: 'has-errors' });
  expect(await keys()).toBe(2);
  expect(await findKeyImport(otto, id)).toBeNull();
});

test('the check sums up whose keys they would be, and in what state', async () => {
  await insertUser('linus');
  const text = [
    'username,status,expires,secret',
    `grace,,,${foreign(1)}`,
    `GRACE,active,2999-01-01,${foreign(2)}`,
    `linus,inactive,,${foreign(3)}`,
    `linus,expired,2020-01-01,${foreign(4)}`,
  ];
  const id = await staged(otto, text.join('\n'));
  const summary = { lines: 4, users: 2, active: 2, inactive: 1, expired: 1 };
  expect(await sumUp(otto, id)).toEqual(summary);
  expect((await sumUp(ada, id)).lines).toBe(0);
});

test('all are imported as in the file, with one event for the whole', async () => {
  const own = mintSecret('kd');
  const text = [
    'Secret,username,name,status,created,expires,scopes,sha256',
    `${foreign(1)},grace,"nightly, report",inactive,2020-02-29,2099-01-01T10:00+02:00,a:b c,`,
    `,Grace,,,,,,${sha256('a key that came hashed').toUpperCase()}`,
    `${own},grace,ours,expired,,2021-01-01,,`,
    'just-17-long-key!,grace,short,,,,,',
  ].join('\r\n');
  const id = await staged(otto, `\ufeff${text}\r\n`);
  expect(await importKeys(otto, id)).toEqual({ outcome: 'imported' });
  const { rows } = await pagePool().query(
    `select name, active, scopes, created_at, expires_at, secret_mac, secret_pepper, secret_prefix,
       secret_first, secret_last, created_by from api_key order by id`,
  );
  const pepper = currentPepper();
  const imported = (secret: string) => importedMac(sha256(secret), pepper);
  expect(rows).toEqual([
    expect.objectContaining({
      name: 'nightly, report',
      active: false,
      scopes: ['a:b', 'c'],
      created_at: new Date('2020-02-29T00:00:00Z'),
      expires_at: new Date('2099-01-01T08:00:00Z'),
      secret_mac: imported(foreign(1)),
      secret_pepper: 1,
      secret_prefix: '',
      secret_first: 'live',
      secret_last: 'mnop',
      created_by: null,
    }),
    expect.objectContaining({
      active: true,
      secret_mac: imported('a key that came hashed'),
      secret_first: '',
    }),
    expect.objectContaining({
      name: 'ours',
      secret_mac: secretMac(own, pepper),
      secret_prefix: 'kd',
      secret_first: own.slice(3, 7),
    }),
    expect.objectContaining({ name: 'short', secret_first: '', secret_last: '' }),
  ]);
  const events = await listEventsOf(vera, id);
  expect(events).toMatchObject([{ action: 'key.import', actor: 'otto', target: '4 keys' }]);
  const { rows: details } = await pagePool().query(
    `select details from audit_event where target_id = $1`,
    [id],
  );
  expect(details[0].details).toEqual({ keys: 4, sha256: sha256(`\ufeff${text}\r\n`) });
  expect(await countRows('audit_event')).toBe(1);
  expect(await findKeyImport(otto, id)).toEqual({ keys: 4 });
  expect([await lines(), await countRows('key_import')]).toEqual([0, 0]);
});

test('a key imported in clear cannot also be imported hashed', async () => {
  await importKeys(otto, await staged(otto, file(`grace,,${foreign(1)}`)));
  const id = await staged(otto, `username,sha256\ngrace,${sha256(foreign(1))}\n`);
  expect((await verdicts(id))?.[0]?.[1]).toMatch(/in the database already/);
});

test('sent five times at once, it imports once', async () => {
  const id = await staged(otto, many(50));
  const all = await Promise.all(Array.from({ length: 4 }, () => importKeys(otto, id)));
  expect(all.map(({ outcome }) => outcome)).toContain('imported');
  expect(await importKeys(otto, id)).toEqual({ outcome: 'imported' });
  expect(await keys()).toBe(50);
});

test('a secret taken while the import runs rolls every key back', async () => {
  const id = await staged(otto, many(100));
  const other = await pagePool().connect();
  await other.query('begin');
  await other.query(
    `insert into api_key (id, owner_id, secret_mac, secret_pepper, secret_prefix, secret_first,
       secret_last, request_id)
     select gen_random_uuid(), id, $1, 1, '', '', '', gen_random_uuid() from directory_user
     where username = 'ada'`,
    [importedMac(sha256(foreign(70)), currentPepper())],
  );
  const importing = importKeys(otto, id);
  await untilLockAwaited();
  await other.query('commit');
  other.release();
  expect(await importing).toEqual({ outcome: 'has-errors' });
  expect(await keys()).toBe(1);
  expect((await verdicts(id))?.[0]).toEqual([72, expect.stringMatching(/already/)]);
});

test('a user disabled between check and import prevents the import', async () => {
  const id = await staged(otto, many(3));
  await pagePool().query(`update directory_user set active = false where username = 'grace'`);
  expect(await importKeys(otto, id)).toEqual({ outcome: 'has-errors' });
  expect((await verdicts(id))?.[0]).toEqual([2, 'User "grace" is disabled.']);
  expect(await keys()).toBe(0);
});

test('lines lost in a crash make no keys', async () => {
  const id = await staged(otto, many(3));
  await pagePool().query('delete from key_import_line where line = 3');
  expect(await importKeys(otto, id)).toEqual({ outcome: 'has-errors' });
  expect(await keys()).toBe(0);
});

test('scopes of Keydesk itself need an admin, at the check and at the import', async () => {
  const text = `username,scopes,secret\ngrace,KeyDesk:verify,${foreign(1)}\n`;
  expect((await verdicts(await staged(otto, text)))?.[0]?.[1]).toMatch(/^scopes: Only an admin/);
  const id = await staged(ada, text);
  expect(await importKeys({ ...ada, role: 'operator' }, id)).toEqual({
    outcome: 'reserved-scopes',
  });
  const unproved = { ...ada, reauthenticated: false };
  await expect(importKeys(unproved, id)).rejects.toThrow(ReauthenticationRequiredError);
  expect(await importKeys(ada, id)).toEqual({ outcome: 'imported' });
});

test('a check is visible only to its administrator, for an hour, and replaced by the next', async () => {
  const id = await staged(otto, many(1));
  expect(await findCheckedKeys(ada, id)).toBeNull();
  expect(await importKeys(ada, id)).toEqual({ outcome: 'gone' });
  await pagePool().query(`update key_import set created_at = now() - interval '61 minutes'`);
  expect(await importKeys(otto, id)).toEqual({ outcome: 'gone' });
  expect(await findCheckedKeys(otto, id)).toBeNull();
  // The check of another administrator sweeps old imports.
  const other = await staged(ada, many(2));
  expect([await lines(), await countRows('key_import')]).toEqual([2, 1]);
  await staged(ada, many(1));
  expect(await findCheckedKeys(ada, other)).toBeNull();
  expect(await lines()).toBe(1);
});

test('progress is seen while the import is under way', async () => {
  const id = await staged(otto, many(16_000));
  const seen = new Set<number>();
  let over = false;
  const importing = importKeys(otto, id).finally(() => {
    over = true;
  });
  while (!over) {
    const progress = await findKeyProgress(otto, id);
    if (progress) seen.add(progress.done);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(await importing).toEqual({ outcome: 'imported' });
  expect([...seen].some((done) => done > 0 && done < 16_000)).toBe(true);
  expect(await findKeyProgress(otto, id)).toBeNull();
});

test('a file that breaks off leaves nothing behind', async () => {
  async function* broken() {
    yield new TextEncoder().encode(many(2_000));
    throw new Error('the line is down');
  }
  expect(await stageKeys(otto, broken(), format())).toEqual({
    outcome: 'bad-file',
    problem: 'The file did not arrive whole. Send it again.',
  });
  expect([await lines(), await countRows('key_import')]).toEqual([0, 0]);
});

test('staged lines are unlogged', async () => {
  const { rows } = await pagePool().query(
    `select relpersistence from pg_class where relname = 'key_import_line'`,
  );
  expect(rows[0].relpersistence).toBe('u');
});

test('a viewer can neither check nor import', async () => {
  await expect(stage(vera, many(1))).rejects.toThrow('role operator');
  const id = await staged(otto, many(1));
  await expect(findCheckedKeys(vera, id)).rejects.toThrow('role operator');
  await expect(sumUp(vera, id)).rejects.toThrow('role operator');
  await expect(importKeys(vera, id)).rejects.toThrow('role operator');
  await expect(findKeyProgress(vera, id)).rejects.toThrow('role operator');
});
