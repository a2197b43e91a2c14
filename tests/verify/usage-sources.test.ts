import { Usage } from '@/lib/verify/usage';
import { type Desk, type Key, openDesk } from './helpers/desk';
import { poolOf } from './helpers/pool-of';

let desk: Desk;
let key: Key;

beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(async () => {
  key = await desk.addKey(await desk.addUser(`user-${Math.random()}`));
});
afterAll(() => desk.close());

const sourcesOf = async (id: string, version = 1) =>
  (
    await desk.sql(
      `select address, calls::int from key_source where key_id = $1 and version = $2
       order by last_seen desc, address`,
      [id, version],
    )
  ).map(({ address, calls }) => `${address}: ${calls}`);

/** Counts calls, one a second, and writes them after each. */
async function callFrom(addresses: (string | null)[], { at = 1_000_000, version = 1 } = {}) {
  let now = at;
  const usage = new Usage(desk.own.writer, () => now);
  for (const address of addresses) {
    now += 1_000;
    usage.count(key.id, 'VALID', version, address);
    await usage.flush({ all: true });
  }
  await usage.end();
  expect(usage.failedFlushes).toBe(0);
}

test('the latest five addresses are kept for each secret', async () => {
  const seven = [1, 2, 3, 4, 5, 6, 7].map((last) => `192.0.2.${last}`);
  await callFrom(seven);
  await callFrom(['198.51.100.1'], { version: 2 });
  expect(await sourcesOf(key.id)).toEqual([7, 6, 5, 4, 3].map((last) => `192.0.2.${last}: 1`));
  expect(await sourcesOf(key.id, 2)).toEqual(['198.51.100.1: 1']);
  await callFrom(['192.0.2.3', '192.0.2.8'], { at: 2_000_000 });
  expect(await sourcesOf(key.id)).toEqual([
    '192.0.2.8: 1',
    '192.0.2.3: 2',
    '192.0.2.7: 1',
    '192.0.2.6: 1',
    '192.0.2.5: 1',
  ]);
});

test('the same holds within one flush', async () => {
  let now = 1_000_000;
  const usage = new Usage(desk.own.writer, () => now);
  for (let last = 1; last <= 9; last++) {
    now += 1_000;
    for (let call = 0; call < last; call++) usage.count(key.id, 'VALID', 1, `192.0.2.${last}`);
  }
  await usage.end();
  expect(await sourcesOf(key.id)).toEqual(
    [9, 8, 7, 6, 5].map((last) => `192.0.2.${last}: ${last}`),
  );
});

test('no reported address stops the flush', async () => {
  const odd = [
    null,
    '',
    'unknown',
    `fe80::1%${'z'.repeat(500)}`,
    '1'.repeat(5_000),
    "'; drop",
    '\0',
  ];
  await callFrom(odd);
  await callFrom(['fe80::1%eth0', '::FFFF:192.0.2.1', '::ffff:c000:201', '1::', '::1.2.3.4'], {
    at: 2_000_000,
  });
  expect((await sourcesOf(key.id)).sort()).toEqual([
    '192.0.2.1: 2',
    '1::: 1',
    ': 7',
    '::102:304: 1',
    'fe80::1: 1',
  ]);
});

test('memory is bounded, and the first address of a secret is still known', async () => {
  const flushed: unknown[][] = [];
  const pool = poolOf(async ({ values }) => {
    flushed.push((values[4] ?? []).filter((address) => address !== null));
    return { rows: [] };
  });
  const usage = new Usage(pool);
  for (let of = 0; of < 20_000; of++) {
    for (let last = 0; last < 5; last++) usage.count(`key ${of}`, 'VALID', 1, `192.0.2.${last}`);
  }
  await usage.end();
  const kept = flushed.reduce((sum, addresses) => sum + addresses.length, 0);
  expect(kept).toBeGreaterThan(50_000);
  expect(kept).toBeLessThanOrEqual(70_000);
});

test('a failed flush keeps the addresses as well', async () => {
  const usage = new Usage(desk.own.writer);
  usage.count(key.id, 'VALID', 1, '192.0.2.1');
  await desk.sql('alter table key_source rename to away');
  await usage.flush({ all: true });
  expect(usage.failedFlushes).toBe(1);
  await desk.sql('alter table away rename to key_source');
  usage.count(key.id, 'VALID', 1, '192.0.2.1');
  await usage.end();
  expect(await sourcesOf(key.id)).toEqual(['192.0.2.1: 2']);
  const [row] = await desk.sql('select sum(count)::int as n from key_usage where key_id = $1', [
    key.id,
  ]);
  expect(row.n).toBe(2);
});

test('instances that write the same keys at once do not deadlock', async () => {
  const keys = await Promise.all(
    Array.from({ length: 20 }, async () => desk.addKey(await desk.addUser(`u${Math.random()}`))),
  );
  const instances = Array.from({ length: 4 }, () => new Usage(desk.own.writer));
  for (let round = 0; round < 5; round++) {
    for (const [index, usage] of instances.entries()) {
      for (const { id } of index % 2 ? keys : [...keys].reverse()) {
        for (let last = 0; last < 7; last++) usage.count(id, 'VALID', 1, `10.0.${index}.${last}`);
      }
    }
    await Promise.all(instances.map((usage) => usage.flush({ all: true })));
  }
  await Promise.all(instances.map((usage) => usage.end()));
  expect(instances.map(({ failedFlushes }) => failedFlushes)).toEqual([0, 0, 0, 0]);
  const [row] = await desk.sql(
    `select sum(count)::int as n from key_usage where key_id = any($1)`,
    [keys.map(({ id }) => id)],
  );
  expect(row.n).toBe(20 * 4 * 5 * 7);
});
