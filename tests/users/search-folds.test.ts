import { parse } from 'csv-parse/sync';
import { pagePool } from '@/db/client';

import { exportKeys } from '@/lib/keys/export-keys';
import { keyFilterParams, keyListParams } from '@/lib/keys/key-input';
import { searchKeys } from '@/lib/keys/key-search';
import { suggestUsers } from '@/lib/users/suggest-users';
import { userListParams } from '@/lib/users/user-input';
import { searchUsers } from '@/lib/users/user-search';
import { useTestDatabase } from '../helpers/database';
import { makeKey } from '../helpers/keys';
import { insertPeople, insertUser, otto, vera } from '../helpers/people';

const names = [
  'ΝΙΚΟΣΘΕΝΗΣ',
  'ΝΙΚΟΣ Α',
  'İSTANBUL',
  'Diyarbakır',
  'ISPARTA',
  'ＷＩＤＥ',
  'ﬁnn.oﬃce',
  'Straße 1',
  '100％_\\',
  'ada  lovelace',
];

useTestDatabase();
beforeAll(async () => {
  await insertPeople();
  for (const name of names) {
    await insertUser(name);
    await makeKey(otto, name);
  }
});

/** Every search for usernames. All must find the same. */
const places: Record<string, (username: string) => Promise<string[]>> = {
  users: async (username) =>
    (await searchUsers(vera, userListParams.parse({ username }))).rows.map((row) => row.username),
  'the report': async (username) =>
    (await searchKeys(vera, keyListParams.parse({ username }))).rows.map((row) => row.username),
  'the report by name': async (username) =>
    (await searchKeys(vera, keyListParams.parse({ username, sort: 'username' }))).rows.map(
      (row) => row.username,
    ),
  'exports and changes of many': async (username) => {
    const parts: Buffer[] = [];
    for await (const part of exportKeys(vera, keyFilterParams.parse({ username }))) {
      parts.push(Buffer.from(part));
    }
    const rows = parse(Buffer.concat(parts), { columns: true, bom: true }) as {
      Username: string;
    }[];
    return rows.map((row) => row.Username);
  },
  suggestions: async (text) => (await suggestUsers(vera, text)).map(({ username }) => username),
};

const finds = async (typed: string, expected: string[]) => {
  for (const [place, search] of Object.entries(places)) {
    const found = (await search(typed)).filter((name) => names.includes(name));
    expect([place, typed, found.sort()]).toEqual([place, typed, [...expected].sort()]);
  }
};

test.each([
  ['ΝΙΚΟΣ', ['ΝΙΚΟΣΘΕΝΗΣ', 'ΝΙΚΟΣ Α']],
  ['νικος', ['ΝΙΚΟΣΘΕΝΗΣ', 'ΝΙΚΟΣ Α']],
  ['ικοσθ', ['ΝΙΚΟΣΘΕΝΗΣ']],
  ['istan', ['İSTANBUL']],
  ['İSTAN', ['İSTANBUL']],
  ['i\u0307stan', ['İSTANBUL']],
  ['bakir', ['Diyarbakır']],
  ['BAKIR', ['Diyarbakır']],
  ['bakır', ['Diyarbakır']],
  ['ısparta', ['ISPARTA']],
  ['isparta', ['ISPARTA']],
  ['wid', ['ＷＩＤＥ']],
  ['ｉｄｅ', ['ＷＩＤＥ']],
  ['fin', ['ﬁnn.oﬃce']],
  ['Off', ['ﬁnn.oﬃce']],
  ['aſſ', ['Straße 1']],
  ['RASS', ['Straße 1']],
  ['straß', ['Straße 1']],
  ['a\u00a0love', ['ada  lovelace']],
  [' da l\u200bo ', ['ada  lovelace']],
  ['0%', ['100％_\\']],
  ['％_', ['100％_\\']],
  ['_\\', ['100％_\\']],
])('%j finds what is called so', finds);

test('a wide wildcard is literal, and letters have no other meaning', async () => {
  await finds('％s', []);
  await finds('w％e', []);
  await finds('w＿de', []);
  await finds('nikos', []);
  await finds('strase', []);
});

test('every part of every spelling of a name finds it', async () => {
  for (const name of names) {
    const spellings = [name, name.toUpperCase(), name.toLowerCase(), name.normalize('NFKC')];
    for (const letters of spellings.map((spelling) => [...spelling])) {
      const parts = letters
        .flatMap((_, from) =>
          letters.map((__, to) =>
            letters
              .slice(from, to + 1)
              .join('')
              .trim(),
          ),
        )
        // A mark alone belongs to the letter before it.
        .filter((part) => part !== '' && !/^\p{M}/u.test(part));
      const { rows } = await pagePool().query(
        `select part from unnest($2::text[]) part join directory_user on username = $1
         where strpos(username_folded, username_part(part)) = 0`,
        [name, parts],
      );
      expect([name, rows]).toEqual([name, []]);
    }
  }
});
