import { randomUUID } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { database, pagePool } from '@/db/client';
import { startBulkInput } from '@/lib/keys/bulk/bulk-input';
import { startBulkChange } from '@/lib/keys/bulk/start-bulk-change';
import { exportKeys } from '@/lib/keys/export-keys';
import { keyFilterParams, keyListParams, keySorts, statusFilters } from '@/lib/keys/key-input';
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

type Key = { id: string; owner: string; name: string; active: boolean; days: number | null };
let keys: Key[] = [];

useTestDatabase();
beforeAll(async () => {
  await insertPeople();
  const owners: { id: string; name: string }[] = [];
  for (const [index, name] of usernames.entries()) {
    owners.push({ id: await insertUser(name, { active: index % 4 !== 3 }), name });
  }
  // For every owner a key in each possible state, and a deleted one of each.
  keys = owners.flatMap(({ id: owner, name }) =>
    [null, -400, -1, 2, 29, 31].flatMap((days) =>
      [true, false].map((active) => ({ id: randomUUID(), owner, name, active, days })),
    ),
  );
  const deleted = keys.map((key) => ({ ...key, id: randomUUID(), deleted: true }));
  await pagePool().query(
    `insert into api_key (id, owner_id, active, expires_at, created_at, deleted_at, secret_mac,
       secret_pepper, secret_prefix, secret_first, secret_last, request_id)
     select id, owner, active, now() + days * interval '1 day', now() - n % 7 * interval '1 hour',
       case when deleted then now() end,
       sha256(gen_random_uuid()::text::bytea), 1, 'kd', 'AbCd', 'wXyZ', gen_random_uuid()
     from rows from (json_to_recordset($1)
       as (id uuid, owner uuid, active bool, days int, deleted bool)) with ordinality as t (id, owner, active, days, deleted, n)`,
    [JSON.stringify([...keys, ...deleted])],
  );
});

const statusOf: Record<(typeof statusFilters)[number], (key: Key) => boolean> = {
  active: ({ active, days }) => active && (days === null || days > 0),
  inactive: ({ active }) => !active,
  expired: ({ active, days }) => active && days !== null && days <= 0,
  expiring: ({ active, days }) => active && days !== null && days > 0 && days <= 30,
};

type Filter = { username: string; status?: (typeof statusFilters)[number]; owner?: string };

/** The expected result, computed without a database. */
function expected({ username, status, owner }: Filter, isLarge: boolean): string[] {
  const text = username.trim().toLowerCase();
  const isBeginning = isLarge && text !== '' && [...text].length < 3;
  const named = (key: Key) => {
    const name = key.name.toLowerCase();
    return isBeginning ? name.startsWith(text) : name.includes(text);
  };
  return keys
    .filter((key) => named(key) && (!status || statusOf[status](key)))
    .filter((key) => !owner || key.owner === owner)
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
  const { username, status = '', owner = '' } = filter;
  const input = startBulkInput.parse({ verb: 'delete', all: 'yes', username, status, owner });
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
  const isBeginning = isLarge && [...filter.username.trim()].length < 3;
  const list = keyList(keyFilterParams.parse(filter), isBeginning);
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
const owner = fc
  .option(fc.nat(usernames.length), { nil: undefined })
  .map((index) => (index === undefined ? undefined : (keys[index * 12]?.owner ?? randomUUID())));

test('report, export and a change of many keys find the same keys, and the right ones', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({ username, status: fc.constantFrom(undefined, ...statusFilters), owner }),
      fc.constantFrom(...keySorts),
      fc.boolean(),
      async (filter, sort, isLarge) => {
        // From 10,000 users, one or two letters only find prefixes.
        await pagePool().query(`update row_tally set live = $1 where relation = 'directory_user'`, [
          isLarge ? 20_000 : 0,
        ]);
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
  ['owner', '019a0000-0000-7000-8000'],
])('a change of all keys is refused if the %s is invalid: %s', (field, value) => {
  const input = { verb: 'delete', all: 'yes', username: '', [field]: value };
  expect(startBulkInput.safeParse(input).success).toBe(false);
  expect(startBulkInput.safeParse({ ...input, [field]: '' }).success).toBe(true);
});
