import { pagePool } from '@/db/client';
import { suggestUsers } from '@/lib/users/suggest-users';
import { userListParams } from '@/lib/users/user-input';
import { searchUsers } from '@/lib/users/user-search';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, vera } from '../helpers/people';
import { wholePage } from '../helpers/whole-page';

useTestDatabase();
beforeEach(async () => {
  await emptyDatabase();
  await insertPeople();
});

const search = (raw: Record<string, unknown>) =>
  wholePage(searchUsers(vera, userListParams.parse(raw)));
const names = async (raw: Record<string, unknown>) =>
  (await search(raw)).rows.map((row) => row.username);

test.each([
  ['%', '100%'],
  ['_', 'under_score'],
  ['\\', 'back\\slash'],
])('searching %s finds it, and nobody else', async (text, username) => {
  await insertUser('plain');
  await insertUser(username);
  expect(await names({ username: text })).toEqual([username]);
});

test('a user is found by display name and email as well, folded like names', async () => {
  const details = { displayName: 'Grace  HOPPER Straße', email: 'Rear.Admiral@Example.org' };
  await pagePool().query(
    `insert into directory_user (id, username, display_name, email) values (gen_random_uuid(), 'amazing', $1, $2)`,
    Object.values(details),
  );
  for (const username of ['hopper strasse', 'ADMIRAL@ex', 'amaz']) {
    expect(await names({ username })).toEqual(['amazing']);
    expect(await suggestUsers(vera, username)).toEqual([
      { username: 'amazing', displayName: details.displayName, active: true },
    ]);
  }
});

test('suggestions have disabled users behind all others', async () => {
  for (const [name, active] of [
    ['gil-a', false],
    ['agil', true],
    ['gil-b', true],
  ] as const) {
    await insertUser(name, { active });
  }
  const found = await suggestUsers(vera, 'gil');
  expect(found.map(({ username, active }) => [username, active])).toEqual([
    ['gil-b', true],
    ['agil', true],
    ['gil-a', false],
  ]);
});

test('the search ignores case and outer blanks', async () => {
  await insertUser('GraceHopper');
  expect(await names({ username: '  EHOP ' })).toEqual(['GraceHopper']);
});

test('status narrows the search', async () => {
  await insertUser('ada-retired', { active: false });
  expect(await names({ username: 'ada', status: 'disabled' })).toEqual(['ada-retired']);
  expect(await names({ username: 'ada', status: 'active' })).toEqual(['ada']);
});

test('deleted users are not found', async () => {
  await insertUser('gone', { active: false, deletedAt: new Date() });
  expect(await names({ username: 'gone' })).toEqual([]);
});

test('sorting follows the parameter, descending with a minus', async () => {
  expect(await names({})).toEqual(['ada', 'otto', 'vera']);
  expect(await names({ sort: '-username' })).toEqual(['vera', 'otto', 'ada']);
});

test('page 2 starts at 26, and a page beyond the end is the last', async () => {
  for (let i = 0; i < 27; i += 1) await insertUser(`u${i}`);
  expect(await search({ page: '2' })).toMatchObject({ firstNumber: 26, page: 2, total: 30 });
  expect(await search({ page: '999999' })).toMatchObject({ page: 2 });
});

test('only keys that are not deleted count', async () => {
  await insertUser('grace');
  await makeKey(ada, 'grace');
  await makeKey(ada, 'grace');
  expect((await search({ username: 'grace' })).rows[0]).toMatchObject({ keys: 2 });
});

test.each(['-1', 'abc', '999999', '\0', 'x'.repeat(500), ['a', 'b'], ''])(
  'every parameter may be %j',
  async (bad) => {
    for (const name of ['username', 'status', 'sort', 'page', 'added', 'deleted', 'imported']) {
      await expect(search({ [name]: bad })).resolves.toBeDefined();
    }
  },
);
