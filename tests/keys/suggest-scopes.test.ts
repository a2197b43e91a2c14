import fc from 'fast-check';
import { database, pagePool } from '@/db/client';
import { changeKey, deleteKey } from '@/lib/keys/change-key';
import { changeKeyInput } from '@/lib/keys/key-input';
import { restoreKey } from '@/lib/keys/restore-key';
import { addUpScopes, suggestScopes } from '@/lib/keys/suggest-scopes';
import { emptyDatabase, fillDatabase, useTestDatabase } from '../helpers/database';
import { countRows, makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto, vera } from '../helpers/people';

useTestDatabase();
beforeEach(async () => {
  await emptyDatabase();
  await insertPeople();
  await insertUser('grace');
});

const scopes = (list: string) => list.split(' ').filter(Boolean);
const make = (list: string, by = otto) => makeKey(by, 'grace', { scopes: scopes(list) });
const addUp = () => database().transaction((tx) => addUpScopes(tx));
const setScopes = (id: string, list: string) =>
  changeKey(otto, {
    ...changeKeyInput.parse({ id, active: 'yes', name: '' }),
    scopes: scopes(list),
  });

describe('scopes that are suggested', () => {
  it('are those that begin with the text, each once, case-sensitive', async () => {
    await make('reports:read reports:write');
    await make('reports:read invoices:read Reports:all 100% 100x');
    expect(await suggestScopes(otto, 'rep')).toEqual(['reports:read', 'reports:write']);
    expect(await suggestScopes(otto, '100%')).toEqual(['100%']);
    expect(await suggestScopes(otto, '')).toHaveLength(6);
    expect(await suggestScopes(otto, 'read')).toEqual([]);
  });

  it('disappear with the last key that has them, and return with it', async () => {
    const { id } = await make('typo:raed');
    const other = await make('typo:raed');
    await setScopes(other.id, 'typo:read');
    expect(await suggestScopes(otto, 'typo')).toEqual(['typo:raed', 'typo:read']);
    await deleteKey(otto, id);
    expect(await suggestScopes(otto, 'typo')).toEqual(['typo:read']);
    await restoreKey(ada, id);
    expect(await suggestScopes(otto, 'typo')).toEqual(['typo:raed', 'typo:read']);
  });

  it("exclude Keydesk's own for operators, and are refused to viewers", async () => {
    await make('keydesk:verify keys', ada);
    await make('KEYDESK:Old', ada);
    expect(await suggestScopes(otto, 'k')).toEqual(['keys']);
    expect(await suggestScopes(otto, 'keydesk:')).toEqual([]);
    expect(await suggestScopes(otto, '')).toEqual(['keys']);
    expect(await suggestScopes(ada, 'k')).toEqual(['keydesk:verify', 'keys']);
    await expect(suggestScopes(vera, 'k')).rejects.toThrow();
  });
});

describe('what is known of scopes in use', () => {
  const counted = async () => {
    const { rows } = await pagePool().query(
      `select scope, sum(keys)::int as n from scope_tally group by scope having sum(keys) <> 0 order by scope`,
    );
    return rows;
  };
  const there = async () => {
    const { rows } = await pagePool().query(
      `select scope collate "C" as scope, count(*)::int as n from api_key, unnest(scopes) scope
       where deleted_at is null group by 1 order by 1`,
    );
    return rows;
  };
  const insert = (amount: number, list: string[]) =>
    pagePool().query(
      `insert into api_key (id, owner_id, scopes, secret_mac, secret_pepper, secret_prefix, secret_first, secret_last, request_id)
       select gen_random_uuid(), u.id, $2, sha256(gen_random_uuid()::text::bytea), 1, '', '', '', gen_random_uuid()
       from directory_user u, generate_series(1, $1::int) where username = 'grace'`,
      [amount, list],
    );

  it('matches the keys after any changes', async () => {
    const list = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'ab'), { maxLength: 3 });
    const some = fc.constantFrom('0', '1', '2', '3');
    const where = (digit: string) => `where id::text ~ '[${digit}]$'`;
    const step = fc.oneof(
      fc.tuple(fc.constant('add'), list, some),
      fc.tuple(fc.constant('scopes'), list, some),
      fc.tuple(fc.constantFrom('delete', 'restore', 'purge', 'remove', 'add up'), list, some),
    );
    const done: Record<string, (list: string[], digit: string) => Promise<unknown>> = {
      add: insertSome,
      scopes: (to, digit) =>
        pagePool().query(`update api_key set scopes = $1 ${where(digit)}`, [to]),
      delete: (_to, digit) =>
        pagePool().query(`update api_key set deleted_at = now() ${where(digit)}`),
      restore: (_to, digit) =>
        pagePool().query(`update api_key set deleted_at = null, purged_at = null ${where(digit)}`),
      purge: () =>
        pagePool().query(
          `update api_key set purged_at = now(), scopes = '{}' where deleted_at is not null`,
        ),
      remove: (_to, digit) => pagePool().query(`delete from api_key ${where(digit)}`),
      'add up': addUp,
    };
    async function insertSome(to: string[], digit: string) {
      await insert(Number(digit) * 4, to);
    }
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        for (const [what, to, digit] of steps) await done[what]?.(to, digit);
        expect(await counted()).toEqual(await there());
      }),
      { numRuns: 60 },
    );
  });

  it('is merged into one row for each scope, by several instances at once, and ends', async () => {
    for (let round = 0; round < 4; round++) await insert(3, ['a', 'b']);
    await insert(1, ['gone']);
    await pagePool().query(`delete from api_key where scopes = '{gone}'`);
    const saved = await Promise.all([addUp(), addUp(), addUp()]);
    expect(saved.reduce((sum, n) => sum + n, 0)).toBe(8);
    expect(await addUp()).toBe(0);
    expect(await countRows('scope_tally')).toBe(2);
    expect(await counted()).toEqual(await there());
  });

  it('lets two administrators work on the same scopes at once', async () => {
    const [one, other] = [await pagePool().connect(), await pagePool().connect()];
    try {
      const give = (list: string) => `update api_key set scopes = '${list}' where id = $1`;
      const [first, second] = [await make('a b'), await make('b a')];
      await one.query('begin');
      await other.query('begin');
      await one.query(give('{a}'), [first.id]);
      await other.query(give('{b}'), [second.id]);
      await one.query(give('{b}'), [first.id]);
      await other.query(give('{a}'), [second.id]);
      await Promise.all([one.query('commit'), other.query('commit')]);
    } finally {
      one.release();
      other.release();
    }
    expect(await counted()).toEqual(await there());
  });

  it('is read no further than shown, however many scopes there are', async () => {
    await fillDatabase(
      `insert into scope_tally select 'tenant:' || n % 50000, 1 from generate_series(1, 100000) n`,
    );
    await fillDatabase('vacuum analyze scope_tally');
    const query = jest.spyOn(pagePool(), 'query');
    for (const text of ['', 'ten', 'tenant:4999', 'zz']) await suggestScopes(otto, text);
    const asked = query.mock.calls.map(([config, values]) => ({
      text: (config as unknown as { text: string }).text,
      values: values as unknown as unknown[],
    }));
    query.mockRestore();
    expect(asked).toHaveLength(4);
    for (const { text, values } of asked) {
      const { rows } = await pagePool().query(`explain (analyze, format json) ${text}`, values);
      const plan = JSON.stringify(rows[0]['QUERY PLAN']);
      expect(plan).not.toContain('Seq Scan');
      const read = [...plan.matchAll(/"Node Type":"Index[^}]*?"Actual Rows":([\d.]+)/g)];
      expect(read.length).toBeGreaterThan(0);
      for (const [, number] of read) expect(Number(number)).toBeLessThan(1_000);
    }
  });
});
