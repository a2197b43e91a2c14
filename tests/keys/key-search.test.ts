import fc from 'fast-check';
import { pagePool } from '@/db/client';
import { switchKey } from '@/lib/keys/change-key';
import { isFilterTooLong, keyListParams, keySorts } from '@/lib/keys/key-input';
import { searchKeys } from '@/lib/keys/key-search';
import { isSearchTooLong } from '@/lib/lists/list-params';
import { useTestDatabase } from '../helpers/database';
import { makeKey } from '../helpers/keys';
import { insertPeople, insertUser, otto, vera } from '../helpers/people';
import { wholePage } from '../helpers/whole-page';

const names = [
  'alice',
  'ALINA',
  'bob',
  '100%',
  '10_0',
  'back\\slash',
  'Ünal',
  'Иван',
  '李雷',
  "o'neil",
];

useTestDatabase();
beforeAll(async () => {
  await insertPeople();
  for (const name of names) {
    await insertUser(name);
    await makeKey(otto, name);
  }
});

const search = (raw: Record<string, string | string[]>) =>
  wholePage(searchKeys(vera, keyListParams.parse(raw)));
const foundNames = async (username: string) =>
  (await search({ username })).rows.map((row) => row.username).sort();

describe('search by username', () => {
  it('finds names that contain the text, ignoring case and outer blanks', async () => {
    expect(await foundNames(' ALI ')).toEqual(['ALINA', 'alice']);
    expect(await foundNames('üNAL')).toEqual(['Ünal']);
    expect(await foundNames('ИВА')).toEqual(['Иван']);
    expect(await foundNames('雷')).toEqual(['李雷']);
  });

  it('takes %, _ and \\ literally', async () => {
    expect(await foundNames('%')).toEqual(['100%']);
    expect(await foundNames('_')).toEqual(['10_0']);
    expect(await foundNames('\\')).toEqual(['back\\slash']);
    expect(await foundNames("'")).toEqual(["o'neil"]);
  });

  it('matches a simple search for any text', async () => {
    const letters = fc.constantFrom(
      'a',
      'L',
      'i',
      '%',
      '_',
      '\\',
      "'",
      '0',
      'ü',
      'И',
      '\0',
      ' ',
      'b',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(letters, { maxLength: 3 }), async (typed) => {
        const text = typed.join('');
        const wanted = text.trim().toLowerCase();
        fc.pre(wanted !== '');
        const expected = names.filter((name) => name.toLowerCase().includes(wanted)).sort();
        expect(await foundNames(text)).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });
});

describe('"Key or name"', () => {
  const found = async (q: string) => (await search({ q })).rows.map((row) => row.name).sort();
  let hint = '';
  beforeAll(async () => {
    await insertUser('zed');
    const made = await makeKey(otto, 'zed', { name: 'Nightly  Ｒeport' });
    await makeKey(otto, 'zed', { name: '100%_ci' });
    hint = (await search({ q: made.id })).rows[0]?.hint ?? '';
  });

  it('finds a part of a name as usernames are found', async () => {
    expect(await found(' NIGHTLY rep ')).toEqual(['Nightly  Ｒeport']);
    expect(await found('%')).toEqual(['100%_ci']);
    expect(await found('0%_')).toEqual(['100%_ci']);
    expect(await found('i_r')).toEqual([]);
  });

  it('finds a key by what is shown of it, minding case', async () => {
    const [first, last] = [hint.slice(3, 7), hint.slice(-4)];
    expect(hint).toBe(`kd_${first}…${last}`);
    for (const q of [first, last, hint, `kd_${first}`, `${first}...${last}`, `…${last}`])
      expect(await found(q)).toEqual(['Nightly  Ｒeport']);
    expect(await found(`xy_${first}`)).toEqual([]);
    expect(await found(`${last}…${first}`)).toEqual([]);
  });

  it('is not asked for a whole key', () => {
    const whole = `kd_${'0123456789aB'.repeat(4)}z`;
    expect(keyListParams.parse({ q: `see ${whole}` }).q).toBe('');
    expect(isFilterTooLong({ username: '', q: 'x'.repeat(101) })).toBe(true);
  });
});

describe('filters', () => {
  it('combine username and status with AND', async () => {
    const [alice] = (await search({ username: 'alice' })).rows;
    await switchKey(otto, { id: alice?.id ?? '', active: false });
    expect((await search({ username: 'ali', status: 'inactive' })).total).toBe(1);
    expect((await search({ username: 'ali', status: 'active' })).total).toBe(1);
    expect((await search({ username: 'bob', status: 'inactive' })).total).toBe(0);
    await switchKey(otto, { id: alice?.id ?? '', active: true });
  });

  it('find expired keys by the database clock', async () => {
    const [bob] = (await search({ username: 'bob' })).rows;
    await pagePool().query(
      `update api_key set expires_at = now() - interval '1 second' where id = $1`,
      [bob?.id],
    );
    expect((await search({ username: 'bob', status: 'expired' })).total).toBe(1);
    expect((await search({ username: 'bob', status: 'active' })).total).toBe(0);
  });
});

describe('keys that expire soon', () => {
  const expiresIn = (name: string, after: string, active = true) =>
    pagePool().query(
      `update api_key set expires_at = now() + $2::interval, active = $3 where id in
         (select k.id from api_key k join directory_user u on u.id = k.owner_id where username = $1)`,
      [name, after, active],
    );
  const expiring = async (sort: string, username = '') =>
    (await search({ status: 'expiring', sort, username })).rows.map((row) => row.username);
  beforeAll(async () => {
    await expiresIn('100%', '-1 minute');
    await expiresIn('10_0', '1 minute');
    await expiresIn("o'neil", '29 days 23 hours');
    await expiresIn('Ünal', '30 days 1 hour');
    await expiresIn('李雷', '5 days', false);
  });

  it('are active, and expire within 30 days by the clock of the database', async () => {
    expect(await expiring('expires')).toEqual(['10_0', "o'neil"]);
    expect(await expiring('-expires')).toEqual(["o'neil", '10_0']);
    for (const sort of keySorts) {
      expect((await expiring(sort)).sort()).toEqual(['10_0', "o'neil"]);
    }
    expect(await expiring('expires', 'neil')).toEqual(["o'neil"]);
    expect((await search({ status: 'active', username: 'neil' })).total).toBe(1);
  });
});

describe('pages', () => {
  beforeAll(async () => {
    await insertUser('many');
    for (let number = 0; number < 60; number++) await makeKey(otto, 'many');
  });

  it('continue the numbers, and contain every row once', async () => {
    const seen: string[] = [];
    for (const page of ['1', '2', '3']) {
      const found = await search({ username: 'many', page });
      expect(found.firstNumber).toBe((Number(page) - 1) * 25 + 1);
      seen.push(...found.rows.map((row) => row.id));
    }
    expect(seen.length).toBe(60);
    expect(new Set(seen).size).toBe(60);
  });

  it('fall back to a valid page for a bad number', async () => {
    for (const page of ['-1', 'abc', '0', '1.5', '', '1e99', '\0']) {
      expect((await search({ username: 'many', page })).page).toBe(1);
    }
    expect((await search({ username: 'many', page: '999999' })).page).toBe(3);
    expect((await search({ username: ['many', 'bob'], page: ['2', '3'] })).page).toBe(2);
  });

  it('can be sorted by every known word, and by nothing else', async () => {
    for (const sort of ['username', '-username', 'status', 'used', '-expires']) {
      expect((await search({ sort })).rows.length).toBe(25);
    }
    const ordered = async (sort: string) =>
      (await search({ username: 'ali', sort })).rows.map((row) => row.username);
    expect(await ordered('username')).toEqual(['alice', 'ALINA']);
    expect(await ordered('-username')).toEqual(['ALINA', 'alice']);
    expect(keyListParams.parse({ sort: 'secret_mac; drop table api_key' }).sort).toBeUndefined();
  });
});

describe('a search that is too long', () => {
  it('is one of more than 100 characters, however many bytes', () => {
    expect(isSearchTooLong('🔑'.repeat(100))).toBe(false);
    expect(isSearchTooLong('🔑'.repeat(101))).toBe(true);
  });
});

describe('what the report reads', () => {
  it('never holds a MAC', async () => {
    expect(Object.keys((await search({})).rows[0] ?? {}).join(' ')).not.toMatch(/mac|hash|pepper/i);
  });
});
