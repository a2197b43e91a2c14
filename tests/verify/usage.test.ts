import { mintSecret } from '@/lib/keys/secret/secret';
import { Usage } from '@/lib/verify/usage';
import { type Desk, type Key, openDesk } from './helpers/desk';
import { poolOf } from './helpers/pool-of';

let desk: Desk;
let key: Key;

beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(async () => {
  await desk.own.usage.flush({ all: true });
  key = await desk.addKey(await desk.addUser(`user-${Math.random()}`));
});
afterAll(() => desk.close());

const usageOf = (id: string) =>
  desk.sql('select code, count::int from key_usage where key_id = $1 order by code', [id]);
const lastUsed = async (id: string) =>
  (
    await desk.sql(
      `select nullif(used_at, '-infinity') as used_at from key_last_use where key_id = $1`,
      [id],
    )
  )[0].used_at;

test('calls are counted by key, hour and code, and only a valid one is a use', async () => {
  for (const scopes of [[], [], ['missing']]) await desk.verify({ key: key.secret, scopes });
  expect(await usageOf(key.id)).toEqual([]);
  await desk.own.usage.flush({ all: true });
  expect(await usageOf(key.id)).toEqual([
    { code: 'INSUFFICIENT_SCOPE', count: 1 },
    { code: 'VALID', count: 2 },
  ]);
  expect(Math.abs((await lastUsed(key.id)).getTime() - Date.now())).toBeLessThan(5_000);

  const refused = await desk.addKey(await desk.addUser('refused'), { active: false });
  await desk.verify({ key: refused.secret });
  await desk.own.usage.flush({ all: true });
  expect(await lastUsed(refused.id)).toBeNull();
});

const totals = () =>
  desk.sql('select code, sum(count)::int as count from usage_total group by code order by code');

test('the totals of the desk count every answer once, without callers', async () => {
  await desk.own.usage.flush({ all: true });
  await desk.sql('delete from usage_total');
  const refused = await desk.addKey(await desk.addUser(`off-${Math.random()}`), { active: false });
  const load = [key.secret, key.secret, refused.secret, mintSecret('kd'), 'mistyped'];
  for (let round = 0; round < 20; round++) {
    await Promise.all(load.map((secret) => desk.verify({ key: secret })));
  }
  await desk.own.usage.flush({ all: true });
  expect(await totals()).toEqual([
    { code: 'INACTIVE', count: 20 },
    { code: 'MALFORMED', count: 20 },
    { code: 'NOT_FOUND', count: 20 },
    { code: 'VALID', count: 40 },
  ]);
});

test('a failed flush loses none of the totals', async () => {
  await desk.sql('delete from usage_total');
  await desk.sql('alter table usage_total rename to away');
  await desk.verify({ key: key.secret });
  await desk.own.usage.flush({ all: true });
  await desk.verify({ key: key.secret });
  await desk.sql('alter table away rename to usage_total');
  await desk.own.usage.flush({ all: true });
  expect(await totals()).toEqual([{ code: 'VALID', count: 2 }]);
});

test('calls not counted for their key, because there are too many keys, are counted for the desk', async () => {
  await desk.sql('delete from usage_total');
  const usage = new Usage(desk.own.writer);
  for (let count = 0; count < 50_010; count++) {
    usage.count(`${String(count).padStart(8, '0')}-0000-4000-8000-000000000000`, 'VALID');
    usage.countAnswer('VALID');
  }
  expect(usage.dropped).toBe(10);
  await usage.end();
  expect(await totals()).toEqual([{ code: 'VALID', count: 50_010 }]);
  await desk.sql(`delete from key_usage where key_id::text like '%-0000-4000-8000-000000000000'`);
}, 30_000);

test('a call with a replaced or deleted secret is counted for its key', async () => {
  await desk.sql(
    `insert into former_secret (mac, key_id, pepper, version)
     select sha256('an old secret'), id, 1, 1 from api_key where id = $1`,
    [key.id],
  );
  const old = await desk.addKey(await desk.addUser('temporary'));
  await desk.sql(
    `with gone as (update api_key set secret_mac = sha256('a newer one') where id = $1)
     update former_secret set mac = (select secret_mac from api_key where id = $1)`,
    [old.id],
  );
  expect(await (await desk.verify({ key: old.secret })).json()).toMatchObject({
    code: 'NOT_FOUND',
  });
  await desk.sql('update api_key set deleted_at = now() where id = $1', [key.id]);
  expect(await (await desk.verify({ key: key.secret })).json()).toMatchObject({
    code: 'NOT_FOUND',
  });
  await desk.own.usage.flush({ all: true });
  expect(await usageOf(key.id)).toEqual([{ code: 'NOT_FOUND', count: 2 }]);
});

test('a busy key is written at most twice a minute', async () => {
  const written: number[] = [];
  let now = 1_000_000;
  const pool = poolOf(async ({ values }) => {
    written.push(values[3]?.length ?? 0);
    return { rows: [] };
  });
  const usage = new Usage(pool, () => now);
  for (let second = 0; second < 60; second += 5) {
    usage.count(key.id, 'VALID');
    await usage.flush();
    now += 5_000;
  }
  expect(written).toHaveLength(2);
  await usage.end();
  expect(written).toHaveLength(3);
});

test('a failed flush loses nothing, fails no verification, and is repeated', async () => {
  await desk.sql('alter table key_usage rename to away');
  await desk.verify({ key: key.secret });
  await desk.own.usage.flush({ all: true });
  expect(desk.own.usage.failedFlushes).toBeGreaterThan(0);
  expect((await desk.verify({ key: key.secret })).status).toBe(200);
  await desk.sql('alter table away rename to key_usage');
  await desk.own.usage.flush({ all: true });
  expect(await usageOf(key.id)).toEqual([{ code: 'VALID', count: 2 }]);
});

test('control: a write that hides its failure from the flush loses counts', async () => {
  const pool = poolOf((statement) => desk.own.writer.query(statement).catch(() => ({ rows: [] })));
  const usage = new Usage(pool);
  await desk.sql('alter table key_usage rename to away');
  usage.count(key.id, 'VALID');
  await usage.flush({ all: true });
  await desk.sql('alter table away rename to key_usage');
  await usage.end();
  expect(await usageOf(key.id)).toEqual([]);
});

test('verification works while the row of a key is locked', async () => {
  await desk.sql('begin');
  await desk.sql('select 1 from api_key where id = $1 for update', [key.id]);
  await desk.verify({ key: key.secret });
  const flushed = desk.own.usage.flush({ all: true });
  const started = performance.now();
  expect((await desk.verify({ key: key.secret })).status).toBe(200);
  expect(performance.now() - started).toBeLessThan(500);
  await desk.sql('commit');
  await flushed;
});

test('if more keys wait than one flush writes, each gets its turn', async () => {
  const written = new Set<unknown>();
  let now = 1_000_000;
  const pool = poolOf(async ({ values }) => {
    for (const id of values[0] ?? []) written.add(id);
    return { rows: [] };
  });
  const usage = new Usage(pool, () => now);
  for (let flush = 0; flush < 20; flush++) {
    for (let count = 0; count < 40_000; count++) usage.count(`key ${count}`, 'VALID');
    await usage.flush();
    now += 5_000;
  }
  expect(written.size).toBe(40_000);
  await usage.end();
});

test('counts of two instances add up', async () => {
  const other = new Usage(desk.own.writer);
  for (const usage of [desk.own.usage, other]) usage.count(key.id, 'VALID');
  await Promise.all([desk.own.usage.flush({ all: true }), other.end()]);
  expect(await usageOf(key.id)).toEqual([{ code: 'VALID', count: 2 }]);
});

test('memory is bounded, however many keys are used while the database is unreachable', async () => {
  const pool = poolOf(() => Promise.reject(new Error('away')));
  const usage = new Usage(pool);
  for (let count = 0; count < 50_010; count++) usage.count(`key ${count}`, 'VALID');
  expect(usage.dropped).toBe(10);
  await usage.end();
});
