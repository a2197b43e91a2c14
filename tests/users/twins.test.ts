import { database, pagePool } from '@/db/client';
import { deleteKey } from '@/lib/keys/change-key';
import { findCheckedKeys } from '@/lib/keys/import/find-import';
import { countTwins } from '@/lib/lists/username';
import { changeUser } from '@/lib/users/change-user';
import { createUser } from '@/lib/users/create-user';
import { deleteUser } from '@/lib/users/delete-user';
import { findByUsername } from '@/lib/users/find-user';
import { listTwins } from '@/lib/users/list-twins';
import { refoldUsernames } from '@/lib/users/refold-usernames';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto, vera } from '../helpers/people';
import { staged } from '../transfer/helpers';

useTestDatabase();

const names = ['nick', 'ｎick', 'ni\u034fck', 'ΝΙΚΟΣ', 'grace'];
const ids: Record<string, string> = {};

/** As the previous release left them, which only ignored case. */
async function insertAsBefore(name: string) {
  const id = await insertUser(`${name}-new`);
  await pagePool().query('alter table directory_user disable trigger user');
  await pagePool().query(
    `update directory_user set username = $2, username_lookalike = null,
       username_folded = lower($2 collate "und-x-icu") where id = $1`,
    [id, name],
  );
  await pagePool().query('alter table directory_user enable trigger user');
  return id;
}

beforeEach(async () => {
  await emptyDatabase();
  await insertPeople();
  for (const name of names) ids[name] = await insertAsBefore(name);
  await pagePool().query(`insert into api_key (id, owner_id, request_id, secret_mac, secret_pepper,
      secret_prefix, secret_first, secret_last)
    select gen_random_uuid(), id, gen_random_uuid(), sha256(username::bytea), 1, '', '', ''
    from directory_user where username = 'ΝΙΚΟΣ'`);
  expect(await refoldUsernames()).toBe(3);
});

const found = async (name: string) => (await findByUsername(database(), name))?.id;
const add = (username: string) =>
  createUser(otto, {
    id: '01890a5d-ac96-774b-bcce-b302099a8057',
    ...{ username, displayName: '', email: '', active: true },
  });

test('users who shared a name before are listed and stay unchanged', async () => {
  expect(await listTwins(vera, 10)).toEqual([{ found: 'nick', others: ['ｎick', 'ni\u034fck'] }]);
  expect(await countTwins()).toBe(2);
  const { rows } = await pagePool().query(
    'select username from directory_user where id = any($1) order by id',
    [Object.values(ids)],
  );
  expect(rows.map(({ username }) => username)).toEqual(names);
});

test('each is found by their own spelling in any case, and the first one by all other spellings', async () => {
  for (const name of names) expect(await found(name)).toBe(ids[name]);
  expect(await found('Ｎick')).toBe(ids.ｎick);
  expect(await found('nic\u200bk')).toBe(ids.nick);
  expect(await found('νικος')).toBe(ids.ΝΙΚΟΣ);
  expect((await makeKey(ada, 'ｎick')).username).toBe('ｎick');
});

test('keys follow the name of their owner', async () => {
  const { rows } = await pagePool().query('select owner_folded from api_key');
  expect(rows).toEqual([{ owner_folded: 'νικοσ' }]);
});

test('a second run changes nothing', async () => {
  expect(await refoldUsernames()).toBe(0);
  await pagePool().query('delete from name_folding');
  expect(await refoldUsernames()).toBe(0);
});

test('the name is free only after the last of them is deleted', async () => {
  for (const name of ['nick', 'ｎick', 'ni\u034fck']) {
    expect(await add('NICK')).toMatchObject({ outcome: 'exists' });
    expect(await deleteUser(ada, { id: ids[name] ?? '', keys: 0 })).toEqual({ outcome: 'deleted' });
  }
  expect(await countTwins()).toBe(0);
  expect(await add('NICK')).toEqual({ outcome: 'created' });
});

test('renaming one of them resolves it', async () => {
  const facts = { displayName: '', email: '', active: true };
  const rename = (name: string, username: string) =>
    changeUser(otto, { id: ids[name] ?? '', username, ...facts });
  expect(await rename('nick', 'nicholas')).toMatchObject({ outcome: 'changed' });
  expect(await found('nick')).toBe(ids.ｎick);
  expect(await rename('ni\u034fck', 'NICK')).toMatchObject({ outcome: 'exists' });
  expect(await rename('ni\u034fck', 'nicki')).toMatchObject({ outcome: 'changed' });
  expect(await countTwins()).toBe(0);
});

test('a file of keys must not name them', async () => {
  const line = (name: string) => `${name},live-00001-${name.charCodeAt(0)}-abcdefghijklmnop`;
  const id = await staged(otto, ['username,secret', line('grace'), line('ｎick')].join('\n'));
  const checked = await findCheckedKeys(otto, id);
  expect(checked?.shown.map(({ problem }) => problem).filter(Boolean)).toEqual([
    'Several users have a name that looks like "ｎick": rename or delete all but one.',
  ]);
});

test('any spelling of the username is accepted to delete a key in use', async () => {
  const key = await makeKey(ada, 'ΝΙΚΟΣ');
  await pagePool().query('update key_last_use set used_at = now() where key_id = $1', [key.id]);
  expect((await deleteKey(ada, key.id, 'νικο')).outcome).toBe('needs-username');
  expect((await deleteKey(ada, key.id, ' νικος')).outcome).toBe('changed');
});

test('names written by an older release are folded too', async () => {
  await pagePool().query(
    `insert into directory_user (id, username) values (gen_random_uuid(), 'ＷＩＤＥ')`,
  );
  await pagePool().query(`update directory_user set username = 'ﬁnn' where username = 'grace'`);
  expect(await found('FINN')).toBe(ids.grace);
  expect(await add('wide')).toMatchObject({ outcome: 'exists', username: 'ＷＩＤＥ' });
});
