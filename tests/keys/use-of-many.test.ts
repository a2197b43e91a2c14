import { pagePool } from '@/db/client';
import { startBulkInput } from '@/lib/keys/bulk/bulk-input';
import { startBulkChange } from '@/lib/keys/bulk/start-bulk-change';
import { stepBulkChange } from '@/lib/keys/bulk/step-bulk-change';
import { findKeyUse } from '@/lib/keys/use/key-use';
import { findUseOfBulk, findUseOfOwner } from '@/lib/keys/use/use-of-many';
import { listKeysOf } from '@/lib/users/list-keys-of';
import { useTestDatabase } from '../helpers/database';
import { countRows } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto, vera } from '../helpers/people';

useTestDatabase();
beforeAll(() => insertPeople());

let serial = 0;
const sql = (text: string, values: unknown[] = []) => pagePool().query(text, values);

/** Keys of a new user, with the given ages of their last use, and one use and three calls for each. */
async function keysUsed(ages: (string | null)[]) {
  const owner = await insertUser(`used-${++serial}`);
  const { rows } = await sql(
    `insert into api_key (id, owner_id, secret_mac, secret_pepper, secret_prefix, secret_first, secret_last, request_id)
     select gen_random_uuid(), $1, sha256(gen_random_uuid()::text::bytea), 1, 'kd', 'AbCd', 'wXyZ', gen_random_uuid()
     from generate_series(1, $2::int) returning id`,
    [owner, ages.length],
  );
  const ids = rows.map(({ id }) => id as string);
  await sql(
    `update key_last_use set used_at = now() - age from unnest($1::uuid[], $2::interval[]) used (id, age)
     where key_id = id and age is not null`,
    [ids, ages],
  );
  await sql(
    `insert into key_usage (key_id, hour, code, version, count)
     select id, date_trunc('hour', now() - age), code, 1, count
     from unnest($1::uuid[], $2::interval[]) used (id, age), (values ('VALID', 2), ('IP_DENIED', 1)) as v (code, count)
     where age is not null`,
    [ids, ages],
  );
  return { owner, ids };
}

async function deletion(ids: string[], by = otto) {
  const result = await startBulkChange(by, startBulkInput.parse({ verb: 'delete', key: ids }));
  if (result.outcome !== 'started') throw new Error(result.outcome);
  return result.id;
}

const left = (ids: string[]) =>
  countRows('api_key', `id in ('${ids.join("','")}') and deleted_at is null`);

describe('how much many keys are used', () => {
  const ages = ['1 hour', '2 hours', '30 hours', '6 days', '8 days', null];

  it('returns how many were used, their calls, and the busiest keys, according to the usage table', async () => {
    const { owner, ids } = await keysUsed(ages);
    await sql(
      `insert into key_usage (key_id, hour, code, version, count)
       values ($1, date_trunc('hour', now()), 'VALID', 1, 10)`,
      [ids[1]],
    );
    const { ids: others } = await keysUsed(['1 hour']);
    const use = await findUseOfBulk(otto, await deletion(ids));
    expect(use).toMatchObject({
      keys: 6,
      usedInDay: 2,
      usedInWeek: 4,
      day: { calls: 16, refused: 2 },
    });
    expect(use.busiest.map(({ id }) => id)).toEqual([ids[1], ids[0], ids[2], ids[3]]);
    expect(await findUseOfOwner(vera, owner)).toEqual(use);
    for (const { id, day, week } of use.busiest) {
      expect(await findKeyUse(vera, id)).toMatchObject({ day, week });
    }
    const listed = await listKeysOf(vera, owner);
    expect(listed.map(({ id }) => id)).toEqual(ids);
    for (const { id, day, week } of listed) {
      expect(await findKeyUse(vera, id)).toMatchObject({ day, week });
    }
    expect(JSON.stringify(use)).not.toContain(others[0]);
  });

  it('includes only the remaining keys, and only for the administrator who began the change', async () => {
    const { ids } = await keysUsed(['1 hour']);
    const bulk = await deletion(ids);
    expect((await findUseOfBulk(ada, bulk)).keys).toBe(0);
    await expect(findUseOfBulk(vera, bulk)).rejects.toThrow('operator');
    expect((await stepBulkChange(otto, bulk, '1')).outcome).toBe('stepped');
    expect(await findUseOfBulk(otto, bulk)).toMatchObject({ keys: 0, busiest: [] });
  });

  it('is found quickly for 10,000 keys, each called in several hours', async () => {
    const { ids } = await keysUsed(Array(10_000).fill(null));
    await sql(
      `insert into key_usage (key_id, hour, code, version, count)
       select id, date_trunc('hour', now()) - make_interval(hours => n), 'VALID', 1, 1
       from unnest($1::uuid[]) id, generate_series(0, 3) n`,
      [ids],
    );
    await sql('update key_last_use set used_at = now() where key_id = any($1)', [ids]);
    await sql('analyze');
    const bulk = await deletion(ids);
    const began = performance.now();
    const use = await findUseOfBulk(otto, bulk);
    expect(use).toMatchObject({ usedInDay: 10_000, day: { calls: 40_000, refused: 0 } });
    // Far below the 5 s after which a statement is stopped, even on a busy machine.
    expect(performance.now() - began).toBeLessThan(3_000);
  });
});

describe('deleting many keys of which some were used in the last 24 hours', () => {
  it('asks for their number before the first deletion', async () => {
    const { ids } = await keysUsed([...Array(600).fill(null), '23 hours']);
    const bulk = await deletion(ids);
    for (const typed of [undefined, '', '600', '6010', 'all']) {
      const refused = { outcome: 'needs-number', total: 601 };
      expect(await stepBulkChange(otto, bulk, typed)).toEqual(refused);
    }
    expect(await left(ids)).toBe(601);
    expect(await stepBulkChange(otto, bulk, ' 601')).toEqual({ outcome: 'stepped', left: 101 });
    expect(await stepBulkChange(otto, bulk, '601')).toEqual({ outcome: 'stepped', left: 0 });
    expect(await left(ids)).toBe(0);
  });

  it('accepts the number as it is shown', async () => {
    const { ids } = await keysUsed(['1 hour', ...Array(1_000).fill(null)]);
    const bulk = await deletion(ids);
    expect((await stepBulkChange(otto, bulk, '1,001')).outcome).toBe('stepped');
  });

  it('asks for nothing if they were used longer ago, or are only switched off', async () => {
    const { ids } = await keysUsed(['25 hours']);
    expect((await stepBulkChange(otto, await deletion(ids))).outcome).toBe('stepped');
    const { ids: used } = await keysUsed(['1 hour']);
    const input = startBulkInput.parse({ verb: 'deactivate', key: used });
    const off = await startBulkChange(otto, input);
    if (off.outcome !== 'started') throw new Error(off.outcome);
    expect((await stepBulkChange(otto, off.id)).outcome).toBe('stepped');
  });
});
