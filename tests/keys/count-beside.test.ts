import { type SQL, sql } from 'drizzle-orm';
import { pagePool } from '@/db/client';
import { keyList } from '@/lib/keys/key-list';
import { findPage } from '@/lib/lists/find-page';
import { orTooSlow } from '@/lib/lists/too-slow';
import { useTestDatabase } from '../helpers/database';
import { makeKey } from '../helpers/keys';
import { insertPeople, insertUser, otto } from '../helpers/people';
import { untilLockAwaited } from '../helpers/waiting';

useTestDatabase();
beforeAll(async () => {
  await insertPeople();
  await insertUser('grace');
  for (let number = 0; number < 30; number++) await makeKey(otto, 'grace');
  await pagePool().query(`create function stopped() returns boolean language plpgsql as
    $$ begin raise exception using errcode = 'query_canceled'; end $$`);
});

const asked = { page: 1, at: '', sort: '-created', exact: false, size: 25 };
const reader = { read: async (ids: string[]) => ids, id: (id: string) => id };

/** The keys of grace, in a list whose count takes as long as this condition. */
function graceWhere(condition: SQL) {
  const list = keyList({ username: 'grace' }, {});
  const candidates = sql`select t.* from api_key t where t.owner_folded = 'grace' and ${condition}`;
  const filters = list.filters.map(({ where }) => ({ where, candidates }));
  return { ...list, filters };
}

test('the rows of a page do not wait for the count', async () => {
  const holder = await pagePool().connect();
  try {
    await holder.query('select pg_advisory_lock(1)');
    const list = graceWhere(sql`pg_advisory_xact_lock_shared(1) is not null`);
    const page = await findPage(list, asked, reader);
    expect(page.rows).toHaveLength(25);
    const told = jest.fn();
    page.counted.then(told);
    await untilLockAwaited();
    expect(told).not.toHaveBeenCalled();
    await holder.query('select pg_advisory_unlock(1)');
    expect(await page.counted).toMatchObject({ total: 30, isExact: true, pages: 2 });
  } finally {
    // Closes the connection with its lock, in case the test has failed before.
    holder.release(true);
  }
});

test('a stopped count shows only the number of rows on the page', async () => {
  const page = await findPage(graceWhere(sql`stopped()`), asked, reader);
  expect(page.rows).toHaveLength(25);
  expect(await page.counted).toMatchObject({ total: 25, isExact: false, pages: null });
});

test('a request for the exact number reports that it takes too long', async () => {
  const exact = findPage(graceWhere(sql`stopped()`), { ...asked, exact: true }, reader);
  expect(await orTooSlow(exact)).toBe('too-slow');
});

test('few matches are shown without waiting for a walk along the list', async () => {
  const slow = sql`pg_sleep(0.1) is not null`;
  const began = Date.now();
  const list = { ...graceWhere(sql`true`), skipTo: [slow] };
  expect((await findPage(list, asked, reader)).rows).toHaveLength(25);
  expect(Date.now() - began).toBeLessThan(1_500);
});
