import { sql } from 'drizzle-orm';
import { database, pagePool } from '@/db/client';
import { keyFilterParams, keyListParams } from '@/lib/keys/key-input';
import { keyList } from '@/lib/keys/key-list';
import { searchKeys } from '@/lib/keys/key-search';
import { foundText } from '@/lib/lists/list-params';
import { orTooSlow } from '@/lib/lists/too-slow';
import { wholeOf } from '@/lib/lists/whole';
import { vera } from '../helpers/people';
import { wholePage } from '../helpers/whole-page';

import { broad, medium, questions, useFilledDatabase } from './asked-at-size';
import { statementsOf, statementsWithoutScan } from './plans-at-size';

useFilledDatabase();

test('no list reads a whole table, whatever is asked', async () => {
  expect(await statementsWithoutScan(questions)).toBeGreaterThan(50);
}, 600_000);

test.each([
  { username: 'lukas.falkström' },
  { username: medium, status: 'inactive' },
  { q: 'kd_abcd' },
  { q: 'no such name' },
  { owner: true, username: '' },
  { owner: true, username: 'l', status: 'active' },
])('an export of few keys reads no more than these: %j', async ({ owner, ...raw }) => {
  const { rows } = await pagePool().query('select owner_id from api_key limit 1');
  const filter = keyFilterParams.parse({ ...raw, ...(owner && { owner: rows[0].owner_id }) });
  const found = await wholeOf(keyList(filter, {}));
  const { rows: plan } = await database().execute<{ 'QUERY PLAN': string }>(
    sql`explain select id from (${found}) t`,
  );
  expect(plan.map((row) => row['QUERY PLAN']).join('\n')).not.toContain('Seq Scan on api_key');
});

test.each([
  ['active', 'api_key_newest'],
  ['inactive', 'api_key_newest_apart'],
  ['expired', 'api_key_newest_apart'],
  ['expiring', 'api_key_newest_apart'],
])('a search for the newest keys of a name that are %s reads only %s', async (status, index) => {
  const raw = { status, username: broad, sort: 'created' };
  const [walk] = (await statementsOf(() => searchKeys(vera, keyListParams.parse(raw)))).filter(
    ({ text }) => text.includes('owner_folded like'),
  );
  const { rows } = await pagePool().query(`explain ${walk?.text}`, walk?.values);
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toMatch(new RegExp(`Index Only Scan.* using ${index} on`));
});

test('one or two letters only find prefixes, and the page says so', async () => {
  const found = await searchKeys(vera, keyListParams.parse({ username: 'Lu', sort: 'username' }));
  expect(await foundText(found, ['key', 'keys'])).toBe(
    'Showing names that start with "Lu". Type 3 letters to search anywhere.',
  );
  expect(found.rows.length).toBe(25);
  for (const row of found.rows) expect(row.username).toMatch(/^lu/);
  const three = await searchKeys(vera, keyListParams.parse({ username: 'uka' }));
  expect(three.beginnings).toEqual([]);
  for (const row of three.rows) expect(row.username).toContain('uka');
});

test('one or two letters of "Key or name" are the beginning of a name as well', async () => {
  const found = await searchKeys(vera, keyListParams.parse({ q: 'AP' }));
  expect(found).toMatchObject({ beginnings: ['AP'], rows: [] });
  const begun = await searchKeys(vera, keyListParams.parse({ q: 'LA' }));
  expect(begun.rows.length).toBe(25);
  for (const row of begun.rows) expect(row.name).toBe('laptop');
});

test('counting ends at 10,000, unless it is asked to be exact', async () => {
  const about = await wholePage(searchKeys(vera, keyListParams.parse({})));
  expect(about).toMatchObject({ total: 10_000, isExact: false, pages: null });
  const exact = await wholePage(
    searchKeys(vera, keyListParams.parse({ status: 'active', count: 'exact' })),
  );
  const { rows } = await pagePool().query(
    `select count(*)::int as n from api_key where deleted_at is null and active
       and (expires_at is null or expires_at > now())`,
  );
  expect(exact).toMatchObject({ total: rows[0].n, isExact: true });
});

test.each(['', 'active'])(
  'the last page has its numbers, and is read from its end: %s',
  async (status) => {
    const last = await searchKeys(vera, keyListParams.parse({ at: 'end', status }));
    const all = await wholePage(searchKeys(vera, keyListParams.parse({ count: 'exact', status })));
    expect(last.firstNumber + last.rows.length - 1).toBe(all.total);
    expect(last.after).toBeNull();
    const before = await searchKeys(
      vera,
      keyListParams.parse({ at: last.before, page: String(last.page - 1), status }),
    );
    expect(before.firstNumber).toBe(last.firstNumber - 25);
  },
);

test('a statement that takes too long gives a result, not an error', async () => {
  const slow = pagePool().query('set statement_timeout = 50; select pg_sleep(5)');
  expect(await orTooSlow(slow)).toBe('too-slow');
  await expect(orTooSlow(pagePool().query('select wrong'))).rejects.toThrow('wrong');
});
