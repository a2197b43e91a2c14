import { v7 as uuidv7 } from 'uuid';
import { disableUserAction } from '@/app/(desk)/users/[id]/disable/actions';
import { changeUserAction, createUserAction, deleteUserAction } from '@/app/(desk)/users/actions';
import { checkImportAction, importUsersAction } from '@/app/(desk)/users/import/actions';
import { pagePool } from '@/db/client';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto, vera } from '../helpers/people';
import { request } from '../helpers/request';
import { redirectOf, send, signInAs, signOutNow } from '../helpers/sign-in';

useTestDatabase();
beforeEach(async () => {
  await emptyDatabase();
  await insertPeople();
  await signInAs(otto);
});

const id = '01890a5d-ac96-774b-bcce-b302099a8057';
const fields = { id, username: 'grace', displayName: '', email: '', active: 'yes', back: '/users' };
const { back: _back, ...changes } = fields;
const file = new File(['username\ngrace\n'], 'users.csv');

const everyAction = [
  ['createUserAction', createUserAction, fields],
  ['changeUserAction', changeUserAction, changes],
  ['disableUserAction', disableUserAction, { id, keys: '0', keyAction: 'keep' }],
  ['deleteUserAction', deleteUserAction, { id, back: '/users' }],
  ['checkImportAction', checkImportAction, { file }],
  ['importUsersAction', importUsersAction, { id }],
] as const;

describe.each(everyAction)('%s', (_name, action, form) => {
  test('refuses a viewer', async () => {
    await signInAs(vera);
    expect(await send<unknown>(action, form)).toMatchObject({
      status: 'failed',
      message: 'This needs the role operator.',
    });
  });

  test('sends somebody who is not signed in to the sign-in page', async () => {
    signOutNow();
    expect(await redirectOf(send<unknown>(action, form))).toMatch(/^\/login\?next=/);
  });

  test('refuses another site', async () => {
    const own = request.headers;
    request.headers = new Headers({ ...Object.fromEntries(own), origin: 'https://evil.example' });
    expect(await send<unknown>(action, form)).toMatchObject({ status: 'failed' });
    request.headers = own;
  });
});

test('adding leads to the filtered list, with a message', async () => {
  const answer = send(createUserAction, { ...fields, back: '/users?status=active' });
  expect(await redirectOf(answer)).toBe(`/users?status=active&added=${id}`);
});

test('a taken name is reported at its field, with the typed values', async () => {
  const typed = { ...fields, username: 'ADA', displayName: 'Ada L' };
  expect(await send(createUserAction, typed)).toMatchObject({
    status: 'invalid',
    fieldErrors: { username: 'User "ada" already exists.' },
    values: { username: 'ADA', displayName: 'Ada L', active: 'yes' },
  });
});

test('a return path to another site is ignored', async () => {
  const answer = send(createUserAction, { ...fields, back: '//evil.example' });
  expect(await redirectOf(answer)).toBe(`/users?added=${id}`);
});

test('deleting a user with keys asks for their number first', async () => {
  const grace = await insertUser('grace');
  await makeKey(ada, 'grace');
  const asked = { id: grace, back: '/users' };
  expect(await send(deleteUserAction, asked)).toEqual({ status: 'done', data: { keys: 1 } });
  const answer = send(deleteUserAction, { ...asked, keys: '1' });
  expect(await redirectOf(answer)).toBe(`/users?deleted=${grace}`);
  expect(await send(deleteUserAction, asked)).toMatchObject({
    status: 'failed',
    message: 'This record had already been deleted.',
  });
});

test('the last active admin cannot be disabled', async () => {
  await signInAs(ada);
  const form = { ...changes, id: ada.id, username: 'ada', active: 'no' };
  expect(await send(changeUserAction, form)).toMatchObject({
    status: 'failed',
    message: 'The last active admin cannot be disabled.',
  });
});

test('a file is checked and imported, and the result is shown', async () => {
  const checked = await redirectOf(send(checkImportAction, { file }));
  const staged = checked.replace('/users/import/', '');
  const { rowCount } = await pagePool().query(`select from directory_user where username='grace'`);
  expect(rowCount).toBe(0);
  const imported = await redirectOf(send(importUsersAction, { id: staged }));
  expect(imported).toBe(`/users?imported=${staged}&sort=-created`);
});

test.each([
  ['no file', {}, 'Choose a CSV file.'],
  ['text for a file', { file: 'x' }, 'Choose a CSV file.'],
  ['an empty file', { file: new File([], '') }, 'Choose a CSV file that is not empty.'],
])('%s is refused at the field', async (_what, form, message) => {
  expect(await send<unknown>(checkImportAction, form as Record<string, string>)).toMatchObject({
    status: 'invalid',
    fieldErrors: { file: message },
  });
});

test('unknown fields are refused', async () => {
  const form = { ...fields, id: uuidv7(), role: 'admin' };
  expect(await send(createUserAction, form)).toMatchObject({ status: 'invalid' });
});
