import { randomUUID } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { database, pagePool } from '@/db/client';
import { startBulkInput } from '@/lib/keys/bulk/bulk-input';
import { startBulkChange } from '@/lib/keys/bulk/start-bulk-change';
import { exportKeys } from '@/lib/keys/export-keys';
import {
  keyFilterParams,
  keyListParams,
  keySorts,
  type StandingList,
  standingLists,
  statusFilters,
} from '@/lib/keys/key-input';
import { keyList } from '@/lib/keys/key-list';
import { searchKeys } from '@/lib/keys/key-search';
import { wholeOf } from '@/lib/lists/whole';
import { useTestDatabase } from '../helpers/database';
import { insertPeople, insertUser, otto, vera } from '../helpers/people';
import { times } from '../helpers/times';

const usernames = [
  ...['priya', 'priya.n', 'PRIYA two', 'alice', 'ALINA', '100%', '10_0', 'a\\%b', 'back\\slash'],
  ...['Ünal', 'Иван', '李雷', "o'neil", '😀 fun', 'xx'],
];

/** Names of keys, and the characters that they show of their secrets. */
const shown = [
  { label: '', prefix: 'kd', first: 'AbCd', last: 'wXyZ' },
  { label: 'Nightly Report', prefix: 'kd', first: 'WGIU', last: 'niGm' },
  { label: '100% ci_a', prefix: '', first: 'pk_l', last: 'niGm' },
  { label: 'WGIU Straße', prefix: '', first: '', last: '' },
] as const;

type Key = {
  id: string;
  owner: string;
  ownerActive: boolean;
  name: string;
  active: boolean;
  /** Whether it waits to be collected, or nobody collected it in time. */
  handed: 'waits' | 'uncollected' | null;
  /** Until its end; then since it was made and since it was used, null where never. */
  days: number | null;
  age: number;
  idle: number | null;
} & (typeof shown)[number];
let keys: Key[] = [];

useTestDatabase();
beforeAll(async () => {
  await insertPeople();
  const owners: { id: string; name: string; active: boolean }[] = [];
  for (const [index, name] of usernames.entries()) {
    const active = index % 4 !== 3;
    owners.push({ id: await insertUser(name, { active }), name, active });
  }
  // For every owner a key in each possible state, and a deleted one of each.
  const ages = [
    [0, 0],
    [40, null],
    [100, 95],
    [400, 20],
    [10, null],
  ] as const;
  let n = 0;
  keys = owners.flatMap(({ id: owner, name, active: ownerActive }) =>
    [null, -400, -1, 2, 29, 31].flatMap((days) =>
      [true, false].map((active) => {
        const [age, idle] = ages[n++ % ages.length] ?? [0, null];
        const seen = shown[n % 7] ?? shown[0];
        const handed = active ? null : ([null, 'waits', 'uncollected'] as const)[(n >> 1) % 3];
        const status = { active, handed: handed ?? null };
        return { id: randomUUID(), owner, ownerActive, name, ...status, days, age, idle, ...seen };
      }),
    ),
  );
  const deleted = keys.map((key) => ({ ...key, id: randomUUID(), deleted: true }));
  await pagePool().query(
    `insert into api_key (id, owner_id, name, active, expires_at, created_at, deleted_at, secret_mac,
       secret_pepper, secret_prefix, secret_first, secret_last, request_id)
     select id, owner, label, active, now() + days * interval '1 day', now() - age * interval '1 day' - n % 7 * interval '1 hour',
       case when deleted then now() end,
       sha256(gen_random_uuid()::text::bytea), 1, prefix, first, last, gen_random_uuid()
     from rows from (json_to_recordset($1)
       as (id uuid, owner uuid, active bool, days int, age int, deleted bool, label text, prefix text, first text, last text))
       with ordinality as t (id, owner, active, days, age, deleted, label, prefix, first, last, n)`,
    [JSON.stringify([...keys, ...deleted])],
  );
  await pagePool().query(
    `update key_last_use set used_at = now() - idle * interval '1 day'
     from json_to_recordset($1) as t (id uuid, idle int) where key_id = id and idle is not null`,
    [JSON.stringify(keys)],
  );
  await pagePool().query(
    `insert into hand_over (id, key_id, state, replaces, activates, secret_version, proof_hash,
       sealed_secret, expires_at, closed_at)
     select gen_random_uuid(), id, case handed when 'waits' then 'open' else 'expired' end,
       false, true, 1, sha256('proof'), case handed when 'waits' then decode(repeat('00', 40), 'hex') end,
       now() + interval '1 hour', case handed when 'uncollected' then now() end
     from json_to_recordset($1) as t (id uuid, handed text) where handed is not null`,
    [JSON.stringify(keys)],
  );
  await pagePool().query('insert into key_policy (longest_lifetime) values (120)');
});

const statusOf: Record<(typeof statusFilters)[number], (key: Key) => boolean> = {
  active: ({ active, days }) => active && (days === null || days > 0),
  inactive: ({ active, handed }) => !active && handed !== 'waits',
  waiting: ({ handed }) => handed === 'waits',
  expired: ({ active, days }) => active && days !== null && days <= 0,
  expiring: ({ active, days }) => active && days !== null && days > 0 && days <= 30,
};

const isListed: Record<StandingList, (key: Key) => boolean> = {
  ownerless: ({ ownerActive }) => !ownerActive,
  uncollected: ({ handed }) => handed === 'uncollected',
  'never-used': (key) => statusOf.active(key) && key.idle === null && key.age >= 30,
  unused: (key) => statusOf.active(key) && key.idle !== null && key.idle >= 90,
  violating: (key) => statusOf.active(key) && (key.days === null || key.days + key.age >= 120),
};

type Filter = {
  username: string;
  q: string;
  status?: (typeof statusFilters)[number];
  owner?: string;
  list?: StandingList;
};

const isBeginning = (text: string, isLarge: boolean) => isLarge && [...text.trim()].length < 3;

/** The expected result, computed without a database. */
function expected({ username, q, status, owner, list }: Filter, isLarge: boolean): string[] {
  const holds = (name: string, typed: string) => {
    const fold = (name: string) => name.trim().toLowerCase().replaceAll('ß', 'ss');
    return isBeginning(typed, isLarge)
      ? fold(name).startsWith(fold(typed))
      : fold(name).includes(fold(typed));
  };
  const shows = ({ prefix, first, last }: Key, text: string) =>
    first !== '' &&
    [
      ...[first, last, `${first}…${last}`, `${first}...${last}`, `…${last}`, `${first}...`],
      ...(prefix ? [`${prefix}_${first}`, `${prefix}_${first}…${last}`] : []),
    ].includes(text);
  const meant = (key: Key) =>
    q.trim() === '' ||
    (key.label !== '' && holds(key.label, q)) ||
    shows(key, q.trim()) ||
    key.id === q;
  return keys
    .filter((key) => holds(key.name, username) && meant(key) && (!status || statusOf[status](key)))
    .filter((key) => !owner || key.owner === owner)
    .filter((key) => !list || isListed[list](key))
    .map(({ id }) => id)
    .sort();
}

async function reported(filter: Filter, sort: string): Promise<string[]> {
  const ids: string[] = [];
  for (let [at, page] = ['' as string | null, 1]; at !== null; page++) {
    const asked = keyListParams.parse({ ...filter, sort, at, page: String(page) });
    const found = await searchKeys(vera, asked);
    ids.push(...found.rows.map(({ id }) => id));
    at = found.after;
  }
  return ids.sort();
}

async function exported(filter: Filter): Promise<string[]> {
  const parts: Buffer[] = [];
  for await (const part of exportKeys(vera, keyFilterParams.parse(filter)))
    parts.push(Buffer.from(part));
  const rows = parse(Buffer.concat(parts), { columns: true, bom: true }) as { Id: string }[];
  return rows.map(({ Id }) => Id).sort();
}

async function selected(filter: Filter): Promise<string[]> {
  const { username, q, status = '', owner = '', list = '' } = filter;
  const typed = { username, q, status, owner, list };
  const input = startBulkInput.parse({ verb: 'delete', all: 'yes', ...typed });
  const result = await startBulkChange(otto, input);
  if (result.outcome === 'nothing-selected') return [];
  if (result.outcome !== 'started') throw new Error(result.outcome);
  const { rows } = await pagePool().query<{ key_id: string }>(
    'select key_id from bulk_change_key where bulk_id = $1 order by key_id',
    [result.id],
  );
  return rows.map((row) => row.key_id);
}

/** Reads as if so many keys matched that no filter is gathered. */
async function foundAmongMany(filter: Filter, isLarge: boolean): Promise<string[]> {
  const list = keyList(keyFilterParams.parse(filter), {
    username: isBeginning(filter.username, isLarge),
    q: isBeginning(filter.q, isLarge),
  });
  const candidates = sql`select k.* from api_key k, generate_series(1, 1000)`;
  const filters = list.filters.map(({ where }) => ({ where, candidates }));
  const found = await wholeOf({ ...list, filters });
  const { rows } = await database().execute<{ id: string }>(sql`select id from (${found}) t`);
  return rows.map(({ id }) => id).sort();
}

const letters = [..."aliPRIYAn.x%_\\'10 Üи李😀 "];
const username = fc.oneof(
  fc.constantFrom('', ...usernames),
  fc.array(fc.constantFrom(...letters), { maxLength: 3 }).map((typed) => typed.join('')),
);
const q = fc.oneof(
  fc.constantFrom(
    '',
    '',
    'ni',
    'nightly rep',
    'REPORT',
    'strasse',
    'STRAẞE',
    '%',
    '_',
    '% CI',
    'wgiu',
  ),
  fc.constantFrom(
    'WGIU',
    'niGm',
    'wXyZ',
    'kd_WGIU',
    'kd_WGIU…niGm',
    'WGIU...niGm',
    'pk_l…niGm',
    '…wXyZ',
  ),
  fc.constantFrom('kd_AbCd', 'pk_l...', 'WGIU…wXyZ', 'xy_WGIU', ' …niGm '),
  fc.nat(30).map((index) => keys[index]?.id ?? ''),
);
const owner = fc
  .option(fc.nat(usernames.length), { nil: undefined })
  .map((index) => (index === undefined ? undefined : (keys[index * 12]?.owner ?? randomUUID())));

test('report, export and a change of many keys find the same keys, and the right ones', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        username,
        q,
        status: fc.constantFrom(undefined, ...statusFilters),
        owner,
        list: fc.constantFrom(undefined, undefined, ...standingLists),
      }),
      fc.constantFrom(...keySorts),
      fc.boolean(),
      async (filter, sort, isLarge) => {
        // From 10,000 names on one or two letters are a beginning.
        await pagePool().query('update row_tally set live = $1', [isLarge ? 20_000 : 0]);
        const right = expected(filter, isLarge);
        expect(await reported(filter, sort)).toEqual(right);
        expect(await exported(filter)).toEqual(right);
        expect(await selected(filter)).toEqual(right);
        expect(await foundAmongMany(filter, isLarge)).toEqual(right);
      },
    ),
    { numRuns: times(300, 20) },
  );
}, 120_000);

test.each([
  ['status', 'activ'],
  ['owner', 'priya'],
  ['list', 'everything'],
  ['owner', '019a0000-0000-7000-8000'],
])('a change of all keys is refused if the %s is invalid: %s', (field, value) => {
  const input = { verb: 'delete', all: 'yes', username: '', [field]: value };
  expect(startBulkInput.safeParse(input).success).toBe(false);
  expect(startBulkInput.safeParse({ ...input, [field]: '' }).success).toBe(true);
});
