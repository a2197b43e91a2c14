import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GET } from '@/app/(desk)/keys/export/route';
import { POST } from '@/app/(desk)/keys/import/file/route';
import { checkImportAction } from '@/app/(desk)/users/import/actions';
import { pagePool } from '@/db/client';
import { importKeys } from '@/lib/keys/import/import-keys';
import { importKeysFrom } from '@/scripts/admin/import-keys';
import { importUsersFrom } from '@/scripts/admin/import-users';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { countRows, makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto } from '../helpers/people';
import { redirectOf, send, signInAs } from '../helpers/sign-in';

useTestDatabase();
beforeEach(async () => {
  await emptyDatabase();
  await insertPeople();
  await signInAs(otto);
});

const home = 'http://localhost:3000';
const secret = 'a-key-of-another-program';
const unicodeText = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');

async function upload(body: Uint8Array<ArrayBuffer>) {
  const request = { method: 'POST', body, headers: { origin: home } };
  const answer = await POST(new Request(`${home}/keys/import/file`, request));
  return (await answer.json()) as { path?: string; problem?: string };
}

async function keys() {
  const { rows } = await pagePool().query(
    `select u.username, k.name, k.active, k.scopes, k.created_at, k.expires_at
     from api_key k join directory_user u on u.id = k.owner_id order by k.name`,
  );
  return rows;
}

test('an export becomes an import by a column of secrets, as a spreadsheet saves it', async () => {
  await insertUser('=grace');
  const expires = new Date('2099-01-02T03:04:00Z');
  await makeKey(ada, '=grace', { name: '\'-2; say "hi"', scopes: ['-a', 'b'], expires });
  await makeKey(ada, 'ada', { name: 'plain', active: false });
  await pagePool().query(`update api_key set created_at = date_trunc('second', created_at)`);
  const before = await keys();
  const headers = { 'sec-fetch-site': 'same-origin' };
  const text = await (await GET(new Request(`${home}/keys/export`, { headers }))).text();
  expect(await upload(Buffer.from(text))).toEqual({
    problem:
      'The header has neither a column "secret" nor "sha256". An export of Keydesk holds no secrets.',
  });
  await pagePool().query('delete from api_key');
  const [header, ...lines] = text.trimEnd().split(/\r?\n/);
  const filled = lines.map((line, index) => `${line},${secret}-${index}`);
  const { path } = await upload(unicodeText([`${header},Secret`, ...filled].join('\r\n')));
  const id = path?.slice('/keys/import/'.length) ?? '';
  expect(await importKeys(otto, id)).toEqual({ outcome: 'imported' });
  expect(await keys()).toEqual(before);
});

test('a German spreadsheet is read with its semicolons, and a message says how to save its umlauts', async () => {
  await insertUser('jürgen');
  const text = `username;name;secret;\r\njürgen;"Bericht; nachts";${secret};\r\n;;;\r\n`;
  expect(await upload(Buffer.from(text, 'latin1'))).toEqual({
    problem: 'The file is not UTF-8 text. Save it as CSV UTF-8.',
  });
  const { path } = await upload(Buffer.from(`\ufeff${text}`));
  await importKeys(otto, path?.slice('/keys/import/'.length) ?? '');
  expect(await keys()).toMatchObject([{ username: 'jürgen', name: 'Bericht; nachts' }]);
});

test('users are read as a spreadsheet saves them', async () => {
  const file = new File(['sep=;\r\nusername;email\r\ngrace;\r\n;\r\n'], 'users.csv');
  expect(await redirectOf(send(checkImportAction, { file }))).toMatch(/^\/users\/import\//);
  const workbook = new File(['PK\x03\x04'], 'users.xlsx');
  expect(await send(checkImportAction, { file: workbook })).toMatchObject({
    fieldErrors: {
      file: 'The file is a workbook (.xlsx or .ods), not CSV. Save it as CSV UTF-8.',
    },
  });
});

test('the command line accepts the same', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'keydesk-sheets-'));
  const file = join(folder, 'file.csv');
  const spies = (['log', 'error'] as const).map((name) =>
    jest.spyOn(console, name).mockReturnValue(),
  );
  writeFileSync(file, unicodeText('username\temail\r\ngrace\t\r\n\r\n'));
  await importUsersFrom(file, { 'dry-run': false, anyway: false });
  writeFileSync(file, unicodeText(`username\tscopes\tsecret\r\ngrace\ta,b\t${secret}\r\n`));
  await importKeysFrom(file, false);
  for (const spy of spies) spy.mockRestore();
  rmSync(folder, { recursive: true });
  expect(await countRows('directory_user', `username = 'grace'`)).toBe(1);
  expect(await keys()).toMatchObject([{ username: 'grace', scopes: ['a', 'b'] }]);
});
