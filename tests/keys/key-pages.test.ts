import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { pagePool } from '@/db/client';
import { type KeyListParams, keyListParams, keySorts } from '@/lib/keys/key-input';
import { keyList } from '@/lib/keys/key-list';
import { searchKeys } from '@/lib/keys/key-search';
import { cursorText } from '@/lib/lists/cursor';
import { readHits } from '@/lib/lists/list';
import { gather } from '@/lib/lists/matches';
import { walk } from '@/lib/lists/walk';
import { useTestDatabase } from '../helpers/database';
import { insertPeople, insertUser, vera } from '../helpers/people';
import { wholePage } from '../helpers/whole-page';

const usernames = ['alice', 'ALINA', 'bob', 'Ünal', 'Иван', '李雷'];
const owners: string[] = [];

useTestDatabase();
beforeAll(async () => {
  await insertPeople();
  for (const name of usernames) owners.push(await insertUser(name));
});

type Facts = { owner: number; active: boolean; expires: number; used: number; created: number };
/** Days from now. There are few values, so that some are equal; 0 means none. */
const day = fc.constantFrom(-400, -3, 0, 0, 5, 900);
const facts: fc.Arbitrary<Facts> = fc.record({
  owner: fc.nat(usernames.length - 1),
  active: fc.boolean(),
  expires: day,
  used: day,
  created: fc.constantFrom(-3, -2, -1),
});

async function fillWith(keys: Facts[]) {
  await pagePool().query('delete from api_key');
  const rows = JSON.stringify(keys.map((key) => ({ ...key, id: randomUUID() })));
  await pagePool().query(
    `insert into api_key (id, owner_id, active, expires_at, created_at, secret_mac,
       secret_pepper, secret_prefix, secret_first, secret_last, request_id)
     select id, $1::uuid[][owner + 1], active, at + nullif(expires, 0) * interval '1 day',
       at + created * interval '1 day',
       sha256(gen_random_uuid()::text::bytea), 1, 'kd', 'AbCd', 'wXyZ', gen_random_uuid()
     from json_to_recordset($2) as t (id uuid, owner int, active bool, expires int, created int),
       (values (now() + interval '3 microseconds')) as clock (at)`.replace(
      '$1::uuid[][',
      '($1::uuid[])[',
    ),
    [owners, rows],
  );
  await pagePool().query(
    `update key_last_use set used_at = now() + interval '3 microseconds' + used * interval '1 day'
     from json_to_recordset($1) as t (id uuid, used int) where key_id = id and used <> 0`,
    [rows],
  );
}

const status = `case when not k.active then 3 when k.expires_at <= now() then 2 else 1 end`;
/** The orders as written without knowledge of indexes. Down is the reverse. */
const orders = {
  created: 'k.created_at, k.id',
  username: 'u.username_folded collate "C", k.id',
  status: `${status}, k.expires_at desc nulls first, k.id desc`,
  used: `(select nullif(used_at, '-infinity') from key_last_use where key_id = k.id) nulls first, k.id`,
  expires: 'k.expires_at nulls last, k.id',
};

async function allInOrder(sort: (typeof keySorts)[number], where = 'true'): Promise<string[]> {
  const order = orders[sort.replace('-', '') as keyof typeof orders];
  const { rows } = await pagePool().query<{ id: string }>(
    `select k.id from api_key k join directory_user u on u.id = k.owner_id
     where k.deleted_at is null and ${where} order by ${order}`,
  );
  const ids = rows.map(({ id }) => id);
  return sort.startsWith('-') ? ids.reverse() : ids;
}

const search = (raw: Record<string, unknown>) =>
  wholePage(searchKeys(vera, keyListParams.parse(raw)));

/** Every page, found by the links of the page before, with the numbers of its rows. */
async function walkThrough(raw: Record<string, unknown>, towards: 'after' | 'before') {
  const pages: { ids: string[]; firstNumber: number; page: number }[] = [];
  let next: Record<string, unknown> | null = towards === 'after' ? {} : { at: 'end' };
  while (next) {
    const found = await search({ ...raw, ...next });
    const { firstNumber, page } = found;
    pages.push({ ids: found.rows.map((row) => row.id), firstNumber, page });
    const at = found[towards];
    next = at ? { at, page: String(page + (towards === 'after' ? 1 : -1)) } : null;
  }
  return towards === 'after' ? pages : pages.reverse();
}

describe('pages by cursor', () => {
  it('contain every key once and in order, in both directions, for any sort and data', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(facts, { minLength: 0, maxLength: 70 }),
        fc.constantFrom(...keySorts),
        fc.constantFrom(undefined, 'active', 'inactive', 'expired'),
        async (keys, sort, only) => {
          await fillWith(keys);
          const number = { active: 1, expired: 2, inactive: 3 }[only ?? 'active'];
          const expected = await allInOrder(sort, only ? `${status} = ${number}` : 'true');
          for (const towards of ['after', 'before'] as const) {
            const pages = await walkThrough({ sort, status: only }, towards);
            expect(pages.flatMap(({ ids }) => ids)).toEqual(expected);
            expect(pages.map(({ page }) => page)).toEqual(pages.map((_, index) => index + 1));
            for (const { page, firstNumber } of pages) expect(firstNumber).toBe(page * 25 - 24);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('are the same whether matches are gathered or found by a walk', async () => {
    const texts = ['', 'ali', 'a', 'Иван', 'ünal', 'nobody'];
    await fc.assert(
      fc.asyncProperty(
        fc.array(facts, { minLength: 20, maxLength: 60 }),
        fc.constantFrom(...keySorts),
        fc.constantFrom(...texts),
        fc.constantFrom('active' as const, 'inactive' as const, 'expired' as const),
        fc.boolean(),
        async (keys, sort, username, only, beginning) => {
          await fillWith(keys);
          const params = { username, status: only, sort } as KeyListParams;
          const list = keyList(params, { username: beginning });
          const stretch = { order: list.order, limit: 100 };
          const walked = await walk(list, stretch, 1_000);
          for (const filter of list.filters) {
            expect(await gather(list, filter, stretch)).toEqual(walked);
          }
          if (list.detour && !beginning) {
            expect(await readHits(list, stretch.order, list.detour(stretch))).toEqual(walked);
            const onwards = { ...stretch, from: walked[2]?.values };
            if (onwards.from)
              expect(await readHits(list, onwards.order, list.detour(onwards))).toEqual(
                walked.slice(3),
              );
          }
          const from = walked[2]?.values;
          if (from) {
            const rest = await walk(list, { ...stretch, from }, 1_000);
            expect(rest).toEqual(walked.slice(3));
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('while others add and delete', () => {
  const some = Array.from({ length: 80 }, () => ({
    ...{ owner: 0, active: true, expires: 0, used: 0, created: -1 },
  }));

  it('no remaining key is shown twice or omitted, and a link keeps its rows', async () => {
    await fillWith(some);
    const before = await allInOrder('-created');
    const first = await search({});
    const second = await search({ at: first.after, page: '2' });
    await pagePool().query('update api_key set deleted_at = now() where id = any($1)', [
      [before[3], before[30], before[60]],
    ]);
    await pagePool().query(
      `insert into api_key (id, owner_id, secret_mac, secret_pepper, secret_prefix, secret_first,
         secret_last, request_id)
       select gen_random_uuid(), $1, sha256(n::text::bytea), 1, 'kd', 'AbCd', 'wXyZ', gen_random_uuid()
       from generate_series(1, 30) n`,
      [owners[0]],
    );
    const third = await search({ at: second.after, page: '3' });
    const ids = (found: typeof first) => found.rows.map((row) => row.id);
    expect(ids(third)).toEqual([...before.slice(50, 60), ...before.slice(61, 76)]);
    expect(third.firstNumber).toBe(51);
    const again = await search({ at: first.after, page: '2' });
    expect(ids(again)).toEqual([...before.slice(25, 30), ...before.slice(31, 51)]);
    expect((await search({ at: second.before, page: '1' })).page).toBe(1);
  });

  it('a link beyond the end shows the last page, and one before the start the first', async () => {
    await fillWith(some);
    const last = await search({ at: 'end' });
    const third = await search({ page: '3' });
    await pagePool().query('update api_key set deleted_at = now() where id = any($1)', [
      last.rows.map((row) => row.id),
    ]);
    expect(await search({ at: third.after, page: '4' })).toMatchObject({ page: 3, total: 75 });
    expect(await search({ page: '4' })).toMatchObject({ page: 3, total: 75 });
    const early = await search({ page: '2' });
    await pagePool().query('update api_key set deleted_at = now() where id = any($1)', [
      (await search({})).rows.map((row) => row.id),
    ]);
    expect(await search({ at: early.before, page: '5' })).toMatchObject({
      page: 1,
      firstNumber: 1,
    });
  });
});

test.each([
  'nonsense',
  'W10',
  cursorText('-created', { side: 'after', values: ['2026-02-31 00:00:00', owner()] }),
  cursorText('-created', { side: 'after', values: ["'; drop table api_key", owner()] }),
  cursorText('-created', { side: 'after', values: ['2026-02-01 00:00:00', 'no id'] }),
  cursorText('-created', { side: 'after', values: ['2026-02-01 00:00:00'] }),
  cursorText('username', { side: 'after', values: ['a', owner()] }),
  'x'.repeat(5_000),
])('a cursor that we did not write is ignored: %s', async (at) => {
  await fillWith([{ owner: 0, active: true, expires: 0, used: 0, created: -1 }]);
  expect(await search({ at, page: '1' })).toMatchObject({ page: 1, total: 1 });
});

function owner() {
  return '019a0000-0000-7000-8000-000000000000';
}

describe('the name of the owner', () => {
  it('follows a rename, and the count every change', async () => {
    await fillWith([{ owner: 2, active: true, expires: 0, used: 0, created: -1 }]);
    await pagePool().query(`update directory_user set username = 'Bobby' where username = 'bob'`);
    expect((await search({ username: 'OBBY' })).total).toBe(1);
    await pagePool().query(`update api_key set owner_folded = 'somebody else'`);
    expect((await search({ username: 'somebody' })).total).toBe(0);
    const { rows } = await pagePool().query(
      `select sum(live)::int as tally, (select count(*)::int from api_key where deleted_at is null) as live
       from row_tally where relation = 'api_key'`,
    );
    expect(rows[0].tally).toBe(rows[0].live);
  });
});
