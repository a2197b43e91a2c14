import { sql } from 'drizzle-orm';
import { Client } from 'pg';
import { database, pagePool } from '@/db/client';
import { auditListParams } from '@/lib/audit/audit-input';
import { searchEvents } from '@/lib/audit/audit-search';
import { type StartBulkResult, startBulkChange } from '@/lib/keys/bulk/start-bulk-change';
import {
  keyFilterParams,
  keyListParams,
  keySorts,
  standingLists,
  statusFilters,
} from '@/lib/keys/key-input';
import { keyList } from '@/lib/keys/key-list';
import { searchKeys } from '@/lib/keys/key-search';
import { foundText } from '@/lib/lists/list-params';
import type { Page } from '@/lib/lists/page';
import { orTooSlow } from '@/lib/lists/too-slow';
import { wholeOf } from '@/lib/lists/whole';
import { userListParams, userSorts } from '@/lib/users/user-input';
import { searchUsers } from '@/lib/users/user-search';
import { shares } from '../bench/desk-names';
import { fillTables } from '../bench/fill-tables';
import { useTestDatabase } from '../helpers/database';
import { insertPeople, otto, vera } from '../helpers/people';
import { wholePage } from '../helpers/whole-page';

/** The promised size in a full run. Otherwise enough keys that short texts only find prefixes. */
const isFull = process.env.TESTS === 'full';
const keys = isFull ? 1_000_000 : 60_000;

useTestDatabase();
beforeAll(async () => {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  await fillTables(client, keys, () => undefined);
  await insertPeople();
  await client.query(`insert into audit_event (seq, at, actor, action, target_type, target, outcome, address)
    select n, now() - interval '2 years' + n * interval '1 minute', 'admin ' || n % 7,
      (array['key.create', 'key.delete', 'session.sign-in'])[1 + n % 3], 'key', 'user ' || n, 'done', ''
    from generate_series(1, ${keys}) n`);
  await client.query('insert into key_policy (longest_lifetime) values (365)');
  await client.query('vacuum analyze audit_event');
  await client.end();
}, 600_000);

const { broad, medium } = shares;
const texts = ['', 'l', 'lu', 'lukas.falkström', 'nobody', medium, broad];
const statuses = ['', 'active', 'inactive', 'disabled', 'expired', 'expiring'];
/** A name that a fifth of the keys has, one that none has, one letter, the ends of a secret, and an id. */
const keyTexts = [
  'laptop',
  'no such name',
  'l',
  'abcd',
  'kd_abcd…0123',
  '019a0000-0000-7000-8000-000000000000',
];
const filters = isFull
  ? [
      ...statuses.flatMap((status) => texts.map((username) => ({ status, username }))),
      ...statusFilters.flatMap((status) => keyTexts.map((q) => ({ status, q }))),
      ...keyTexts.flatMap((q) => [{ q }, { q, username: 'lu' }, { q, username: broad }]),
    ]
  : [
      ...keyTexts.slice(0, 4).map((q) => ({ q })),
      { q: 'laptop', username: 'lu', status: 'expired' },
      {},
      { username: 'lu' },
      { status: 'expired', username: medium },
      { status: 'expiring', username: broad },
      { status: 'disabled' },
    ];

type Question = [name: string, ask: () => Promise<Page<unknown> | StartBulkResult>];

const questions: Question[] = [
  ...filters.flatMap((filter) => [
    ...keySorts.map((sort): Question => {
      const raw = { ...filter, sort };
      return [`keys ${JSON.stringify(raw)}`, () => searchKeys(vera, keyListParams.parse(raw))];
    }),
    ...('q' in filter ? [] : userSorts).map((sort): Question => {
      const raw = { ...filter, sort };
      return [`users ${JSON.stringify(raw)}`, () => searchUsers(vera, userListParams.parse(raw))];
    }),
  ]),
  ...[
    {},
    { actor: 'min 3' },
    { actor: 'nobody' },
    { target: 'ser 59999' },
    { target: 'user' },
    { action: 'key.delete', target: 'user 1234' },
    { from: '2025-01-01', to: '2025-01-02' },
    { actor: 'admin', action: 'key.reveal' },
  ].map(
    (raw): Question => [
      `audit ${JSON.stringify(raw)}`,
      () => searchEvents(vera, auditListParams.parse(raw)),
    ],
  ),
];

/** What is asked about the keys of one user and the lists of the overview, and what a change of all that is found asks. */
async function wholeQuestions(): Promise<Question[]> {
  const { rows } = await pagePool().query<{ owner: string }>(
    `select owner_id as owner from api_key where deleted_at is null
     group by owner_id order by count(*) desc limit 1`,
  );
  const owned = statusFilters.flatMap((status) => [
    { owner: rows[0]?.owner, status },
    { owner: rows[0]?.owner, status, username: 'lu' },
    { owner: rows[0]?.owner, status, q: 'laptop' },
  ]);
  const listed = standingLists.flatMap((list) => [{ list }, { list, username: medium }]);
  const narrowed = [...owned, ...listed];
  return [
    ...narrowed.flatMap((filter) =>
      keySorts.map((sort): Question => {
        const raw = { ...filter, sort };
        return [`keys ${JSON.stringify(raw)}`, () => searchKeys(vera, keyListParams.parse(raw))];
      }),
    ),
    ...[...filters, ...narrowed].map((filter): Question => {
      const asked = { verb: 'delete' as const, all: true, key: [] };
      const input = { ...keyFilterParams.parse(filter), ...asked };
      return [`bulk ${JSON.stringify(filter)}`, () => startBulkChange(otto, input)];
    }),
  ];
}

type Node = {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: Node[];
};

/** Lists read far fewer rows than this. A whole table of a million keys has far more. */
const mostRows = 250_000;
const large = ['api_key', 'key_last_use', 'directory_user', 'audit_event'];

const scans = (node: Node): Node[] => [
  ...(node['Relation Name'] ? [node] : []),
  ...(node.Plans ?? []).flatMap(scans),
];

type Asked = { text: string; values: unknown[] };

/** The statements that an answer took, including counts. */
async function statementsOf(answer: Question[1]): Promise<Asked[]> {
  const query = jest.spyOn(pagePool(), 'query');
  try {
    const answered = await answer();
    if ('counted' in answered) await answered.counted;
    return query.mock.calls.map(([config, values]) => ({
      text: typeof config === 'string' ? config : (config as unknown as Asked).text,
      values: values as unknown as unknown[],
    }));
  } finally {
    query.mockRestore();
  }
}

/**
 * At full size, checks PostgreSQL's own plan. At the short size, scanning a small table is often right, so
 * scans are switched off and this shows that no list needs one.
 */
test('no list reads a whole table, whatever is asked', async () => {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  await client.query(`set jit = off; set enable_seqscan = ${isFull ? 'on' : 'off'}`);
  const seen = new Set<string>();
  for (const [name, question] of [...questions, ...(await wholeQuestions())]) {
    for (const { text, values } of await statementsOf(question)) {
      const key = `${text} ${JSON.stringify(values)}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const { rows } = await client.query(
        `explain (format json${isFull ? ', analyze' : ''}) ${text}`,
        values,
      );
      for (const scan of scans(rows[0]['QUERY PLAN'][0].Plan as Node)) {
        const relation = scan['Relation Name'] ?? '';
        if (!large.includes(relation)) continue;
        // The first 10,001 of many matching events are found soon, so only the number of rows read counts.
        if (!isFull || relation !== 'audit_event')
          expect(`${name}: ${scan['Node Type']}`).not.toMatch(/Seq Scan/);
        const read = scan['Actual Rows'] + (scan['Rows Removed by Filter'] ?? 0);
        if (isFull)
          expect(`${name} ${read * scan['Actual Loops'] < mostRows}`).toBe(`${name} true`);
      }
    }
  }
  await client.end();
  expect(seen.size).toBeGreaterThan(100);
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
