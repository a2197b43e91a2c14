import type { QueryResult } from 'pg';
import { pagePool } from '@/db/client';
import { listServiceKeys } from '@/lib/keys/list-service-keys';
import { countCalls } from '@/lib/overview/count-calls';
import { findDeskFigures } from '@/lib/overview/desk-figures';
import { keyListNames } from '@/lib/overview/key-list-input';
import { findKeyList } from '@/lib/overview/key-lists';
import { listDeadKeys } from '@/lib/overview/list-dead-keys';
import { listTopKeys } from '@/lib/overview/list-top-keys';
import { listUnreachedOwners } from '@/lib/overview/list-unreached-owners';
import { fillDatabase, useTestDatabase } from '../helpers/database';
import { insertPeople, vera } from '../helpers/people';
import { useSettings } from '../helpers/settings';

useTestDatabase();

const keys = 40_000;
const anyKey = '00000001-0000-4000-8000-000000000000';

/** Many keys and hours, of which the lists show a few, so that the plans also hold for more. */
beforeAll(async () => {
  useSettings({ SMTP_URL: 'smtp://127.0.0.1:1', SMTP_FROM: 'keydesk@example.org' });
  await insertPeople();
  await fillDatabase(`
    insert into directory_user (id, username, active)
    select gen_random_uuid(), 'user-' || n, n % 1000 <> 0 from generate_series(1, ${keys / 5}) n;
    insert into api_key (id, owner_id, created_at, expires_at, deleted_at, secret_mac,
      secret_pepper, secret_prefix, secret_first, secret_last, request_id)
    select (lpad(n::text, 8, '0') || '-0000-4000-8000-000000000000')::uuid, o.id,
      now() - interval '100 days',
      case when n % 500 = 2 then null when n % 500 = 3 then now() + interval '9 days'
        when n % 500 = 4 then now() + interval '900 days' else now() + interval '60 days' end,
      case when n % 500 = 5 then now() end,
      sha256(n::text::bytea), 1, 'kd', 'AbCd', 'wXyZ', gen_random_uuid()
    from (select id, row_number() over () as number from directory_user where role is null) o,
      generate_series(1, ${keys}) n where n % ${keys / 5} + 1 = o.number;
    update key_last_use set used_at = case when n % 500 = 1 then now() - interval '95 days' else now() end
    from (select key_id, substr(key_id::text, 1, 8)::int as n from key_last_use) k
    where k.key_id = key_last_use.key_id and n % 500 <> 0;
    insert into key_usage (key_id, hour, code, count)
    select k.id, date_trunc('hour', now(), 'UTC') - step * interval '6 hours',
      case when k.deleted_at is null then 'VALID' else 'NOT_FOUND' end, 1 + n % 100
    from (select id, deleted_at, row_number() over () as n from api_key) k,
      generate_series(0, 4) step;
    with off as (
      update api_key set active = false where substr(id::text, 1, 8)::int % 500 = 7 returning id
    )
    insert into hand_over (id, key_id, state, replaces, activates, secret_version, proof_hash,
      expires_at, closed_at)
    select gen_random_uuid(), id, 'expired', false, true, 1, sha256('proof'), now(), now() from off;
    insert into key_policy (expiry_required, longest_lifetime, tell_owners) values (true, 365, true);
    analyze`);
}, 60_000);

afterAll(() => useSettings({ SMTP_URL: '', SMTP_FROM: '' }));

type Plan = { 'Node Type': string; 'Relation Name'?: string; Plans?: Plan[] };

const flatten = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flatten)];

const big = ['api_key', 'key_last_use', 'key_usage', 'directory_user'];

/** The large tables that a request scans completely, by the plan of each statement that it sends. */
async function scannedBy(ask: () => Promise<unknown>): Promise<string[]> {
  const pool = pagePool();
  const sent: { text: string; values: unknown[] }[] = [];
  const query = jest.spyOn(pool, 'query').mockImplementation(((...[config, values]: unknown[]) => {
    sent.push({ text: (config as { text: string }).text, values: (values ?? []) as unknown[] });
    return Object.getPrototypeOf(pool).query.call(pool, config, values);
  }) as never);
  await ask();
  query.mockRestore();
  expect(sent.length).toBeGreaterThan(0);
  const scans: string[] = [];
  for (const { text, values } of sent) {
    const { rows }: QueryResult = await pool.query(`explain (format json) ${text}`, values);
    for (const node of flatten(rows[0]['QUERY PLAN'][0].Plan)) {
      const table = node['Relation Name'] ?? '';
      if (node['Node Type'] === 'Seq Scan' && big.includes(table)) scans.push(table);
    }
  }
  return scans;
}

const questions: [string, () => Promise<unknown>][] = [
  ['owners who are not reached', () => listUnreachedOwners(vera)],
  ['calls in 24 hours', () => countCalls(vera, '24h')],
  ['calls in 7 days', () => countCalls(vera, '7d')],
  ['calls in 30 days', () => countCalls(vera, '30d')],
  ['the key figures', () => findDeskFigures(vera)],
  ['calls of a key', () => countCalls(vera, '30d', anyKey)],
  ['the busiest keys', () => listTopKeys(vera)],
  ['dead keys', () => listDeadKeys(vera)],
  ['service keys', () => listServiceKeys(vera)],
  ...keyListNames.map((name) => [name, () => findKeyList(vera, name)] as const),
].map(([name, ask]) => [name as string, ask as () => Promise<unknown>]);

test.each(questions)('%s: no big table is read from end to end', async (_name, ask) => {
  expect(await scannedBy(ask)).toEqual([]);
});

test('each list has keys here, because an empty list would prove nothing', async () => {
  for (const name of keyListNames)
    expect((await findKeyList(vera, name))?.total).toBeGreaterThan(0);
  expect(await listDeadKeys(vera)).not.toEqual([]);
  expect(await listTopKeys(vera)).toHaveLength(5);
});

test('control: a query that scans a whole table is detected', async () => {
  const all = () => pagePool().query({ text: 'select sum(count) from key_usage' });
  expect(await scannedBy(all)).toEqual(['key_usage']);
});
