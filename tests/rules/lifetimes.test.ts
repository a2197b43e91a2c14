import { database } from '@/db/client';
import { deleteKey, switchKey } from '@/lib/keys/change-key';
import { graceDay } from '@/lib/rules/lifetime-input';
import { findLifetimeRun, previewLifetimes } from '@/lib/rules/preview-lifetimes';
import { shortenLifetimes } from '@/lib/rules/shorten-lifetimes';
import { stepLifetimeRun } from '@/lib/rules/step-lifetime-run';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { auditOf, countRows, makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser } from '../helpers/people';
import { dayIn, insertBusy, rules, sql } from './helpers';

useTestDatabase();
beforeEach(async () => {
  await emptyDatabase();
  await insertPeople();
  await insertUser('grace');
});

const until = dayIn(40);

const ids: Record<string, string> = {};
/** A key that was made so many days ago, and ends so many days from today at midnight in UTC, or never. */
async function key(name: string, age: number, end: number | null, more: object = {}) {
  const { id } = await makeKey(ada, 'grace', { name, ...more });
  await sql(
    `update api_key set created_at = date_trunc('day', now(), 'UTC') - $2 * interval '24 hours',
       expires_at = date_trunc('day', now(), 'UTC') + $3 * interval '24 hours' where id = $1`,
    [id, age, end],
  );
  ids[name] = id;
}

/** The maximum lifetime is 90 days, and no key ends before day 40 because of it. */
async function setUp() {
  await key('endless', 300, null);
  await key('late', 300, 200);
  await key('young', 10, null);
  await key('almost', 10, 85);
  await key('soon', 300, 20);
  await key('over', 300, -20);
  await key('fine', 10, 70);
  await key('off', 300, null);
  await switchKey(ada, { id: ids.off ?? '', active: false });
  await key('gateway', 300, null, { scopes: ['keydesk:verify'] });
  await key('deleted', 300, null);
  await deleteKey(ada, ids.deleted ?? '', 'grace');
  await rules({ longestLifetime: '90' });
}

const step = (size?: number) => database().transaction((tx) => stepLifetimeRun(tx, size));
async function all(size?: number) {
  while ((await step(size)) > 0);
}
const ends = async () => {
  const { rows } = await sql(`select name,
    round(extract(epoch from expires_at - date_trunc('day', now(), 'UTC')) / 86400)::int as day
    from api_key where name <> ''`);
  return Object.fromEntries(rows.map(({ name, day }) => [name, day]));
};
const before = {
  ...{ endless: null, late: 200, young: null, almost: 85, soon: 20, over: -20, fine: 70 },
  ...{ off: null, gateway: null, deleted: null },
};
const after = { ...before, endless: 40, late: 40, young: 80, almost: 80, off: 40 };
const asked = { until, days: 90, keys: 5 };

it('shows how many keys it concerns and when, before anything is changed', async () => {
  await setUp();
  expect(await previewLifetimes(ada, until)).toEqual({
    ...{ days: 90, keys: 5, onTheDay: 3, serviceKeys: 1 },
    lastEnd: new Date(dayIn(80)),
  });
  expect(await ends()).toEqual(before);
  await rules();
  expect(await previewLifetimes(ada, until)).toBeNull();
});

it.each([1, 2, 500])('gives ends by this table, in steps of %i keys', async (size) => {
  await setUp();
  expect(await shortenLifetimes(ada, asked)).toEqual({ outcome: 'started', keys: 5 });
  expect(await shortenLifetimes(ada, asked)).toEqual({ outcome: 'running' });
  expect(await findLifetimeRun(ada)).toMatchObject({ total: 5, changed: 0, finished: false });
  await all(size);
  expect(await ends()).toEqual(after);
  expect(await findLifetimeRun(ada)).toMatchObject({ changed: 5, finished: true });
  const { rows } = await sql(
    `select details from audit_event where actor = 'rule for the maximum lifetime'
       and action = 'key.update' and target_id = $1`,
    [ids.late],
  );
  const expiresAt = { from: `${dayIn(200)}T00:00:00.000Z`, to: `${until}T00:00:00.000Z` };
  expect(rows).toEqual([{ details: { bulk: expect.any(String), expiresAt } }]);
  expect(await auditOf(ids.fine ?? '')).not.toContain('key.update');
  expect(await countRows('audit_event', `action = 'policy.shorten' and actor = 'ada'`)).toBe(1);
  expect(await shortenLifetimes(ada, { ...asked, keys: 5 })).toEqual({ outcome: 'changed' });
});

it('is refused where the policy or the number is no longer what was shown', async () => {
  await setUp();
  expect(await shortenLifetimes(ada, { ...asked, keys: 4 })).toEqual({ outcome: 'changed' });
  expect(await shortenLifetimes(ada, { ...asked, days: 91 })).toEqual({ outcome: 'changed' });
  expect(await ends()).toEqual(before);
});

it('ends early when the maximum is changed', async () => {
  await setUp();
  await shortenLifetimes(ada, asked);
  await rules({ longestLifetime: '365' });
  await all();
  expect(await ends()).toEqual(before);
  expect(await findLifetimeRun(ada)).toMatchObject({ changed: 0, finished: true });
});

it('changes each key once where eight instances step', async () => {
  await insertBusy(50);
  await setUp();
  await shortenLifetimes(ada, { ...asked, keys: 100 });
  await Promise.all(Array.from({ length: 8 }, () => all(3)));
  await all();
  const { rows } = await sql(`select count(*)::int as all, count(distinct target_id)::int as keys
    from audit_event where actor = 'rule for the maximum lifetime'`);
  expect(rows).toEqual([{ all: 55, keys: 55 }]);
  expect(await findLifetimeRun(ada)).toMatchObject({ total: 55, changed: 55 });
});

it('takes a day of the calendar after today', () => {
  const takes = (text: string) => graceDay.safeParse(text).success;
  expect([dayIn(1), dayIn(3_000)].map(takes)).toEqual([true, true]);
  expect([dayIn(0), dayIn(-1), dayIn(4_000), '2027-02-30', '1 March', ''].some(takes)).toBe(false);
});
