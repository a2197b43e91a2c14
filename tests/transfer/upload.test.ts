import { GET } from '@/app/(desk)/keys/import/[id]/progress/route';
import { checkKeyImportAction, importKeysAction } from '@/app/(desk)/keys/import/actions';
import { POST } from '@/app/(desk)/keys/import/file/route';
import { pagePool } from '@/db/client';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { countRows } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto, vera } from '../helpers/people';
import { redirectOf, send, signInAs, signOutNow } from '../helpers/sign-in';

useTestDatabase();
beforeEach(async () => {
  await emptyDatabase();
  await insertPeople();
  await insertUser('grace');
});

const home = 'http://localhost:3000';
const good = 'username,secret\ngrace,a-key-of-another-program\n';
const upload = (body: BodyInit | null, headers: Record<string, string> = { origin: home }) =>
  POST(new Request(`${home}/keys/import/file`, { method: 'POST', body, headers }));
const staged = () => countRows('key_import');

describe('an operator', () => {
  beforeEach(() => signInAs(otto));

  it('sends a file of any length, and gets the address of the result', async () => {
    const line = `grace,${'unknown-is-fine-'.repeat(12)}\n`;
    const answer = await upload(`username,secret\n${line.repeat(10_000)}`);
    expect(answer.status).toBe(200);
    const { path } = await answer.json();
    const { rows } = await pagePool().query('select id, line_count, bad_count from key_import');
    expect(path).toBe(`/keys/import/${rows[0].id}`);
    expect(rows[0]).toMatchObject({ line_count: 10_000, bad_count: 9_999 });
  });

  it.each([
    ['nothing', '', 'The file is empty.'],
    ['no keys', 'username,secret\n', 'The file has no keys below its header.'],
    ['no secrets', 'username\ngrace\n', 'The header has neither a column "secret" nor "sha256".'],
  ])('is told what is wrong with a file of %s', async (_, body, problem) => {
    const answer = await upload(body);
    expect([answer.status, await answer.json()]).toEqual([400, { problem }]);
    expect(await staged()).toBe(0);
  });

  it('gets the message at the field without JavaScript, and the next page', async () => {
    const csv = (text: string) => new File([text], 'keys.csv', { type: 'text/csv' });
    expect(await send(checkKeyImportAction, { file: csv('username\nx\n') })).toMatchObject({
      status: 'invalid',
      fieldErrors: { file: 'The header has neither a column "secret" nor "sha256".' },
    });
    const path = await redirectOf(send(checkKeyImportAction, { file: csv(good) }));
    const id = path.slice('/keys/import/'.length);
    const progress = () =>
      GET(new Request(home), { params: Promise.resolve({ id }) }).then(({ status }) => status);
    expect(await progress()).toBe(200);
    expect(await redirectOf(send(importKeysAction, { id }))).toBe(`/keys?imported=${id}`);
    expect(await progress()).toBe(204);
    expect(await countRows('api_key')).toBe(1);
  });

  it('is refused before anything is read if the file is too large', async () => {
    const answer = await upload(good, { origin: home, 'content-length': '4000000001' });
    expect(answer.status).toBe(413);
    expect(await staged()).toBe(0);
  });

  it.each([
    ['no page', {}],
    ['an opaque page', { origin: 'null' }],
    ['a foreign page', { origin: 'https://evil.example' }],
    ['a page of ours, it claims, across sites', { origin: home, 'sec-fetch-site': 'cross-site' }],
  ])('is not made to by %s', async (_, headers) => {
    expect((await upload(good, headers as Record<string, string>)).status).toBe(403);
    expect(await staged()).toBe(0);
  });
});

test.each([vera, null])('%o sends nothing', async (person) => {
  if (person) await signInAs(person);
  else signOutNow();
  const answer = await upload(good);
  expect(answer.status).toBe(person ? 403 : 401);
  expect(await staged()).toBe(0);
});

test('control: an admin does', async () => {
  await signInAs(ada);
  expect((await upload(good)).status).toBe(200);
});
