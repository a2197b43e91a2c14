import { pagePool } from '@/db/client';
import { allOf, sum, validOf } from '@/lib/overview/call-chart';
import { countCalls } from '@/lib/overview/count-calls';
import { findDeskFigures } from '@/lib/overview/desk-figures';
import { findKeyList, idsOfKeyList } from '@/lib/overview/key-lists';
import { listDeadKeys } from '@/lib/overview/list-dead-keys';
import { listTopKeys } from '@/lib/overview/list-top-keys';
import { doChores } from '@/lib/server/housekeeping';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto, vera } from '../helpers/people';

useTestDatabase();
beforeEach(async () => {
  await emptyDatabase();
  await insertPeople();
  await insertUser('grace');
});

const sql = (text: string, values: unknown[] = []) => pagePool().query(text, values);
const used = (id: string, code: string, count: number, ago = '0 hours') =>
  sql(
    `insert into key_usage (key_id, hour, code, count)
     values ($1, date_trunc('hour', now() - $4::interval, 'UTC'), $2, $3)`,
    [id, code, count, ago],
  );
const answered = (code: string, count: number, ago = '0 hours') =>
  sql(
    `insert into usage_total (hour, code, count)
     values (date_trunc('hour', now() - $3::interval, 'UTC'), $1, $2)`,
    [code, count, ago],
  );
const age = (id: string, changes: string) =>
  sql(`update api_key set ${changes} where id = $1`, [id]);
const lastUsed = (id: string, age: string) =>
  sql('update key_last_use set used_at = now() - $2::interval where key_id = $1', [id, age]);
const listed = async (name: Parameters<typeof findKeyList>[1]) =>
  (await findKeyList(vera, name))?.rows.map(({ id }) => id);

describe('calls by outcome', () => {
  it('are listed by hour and by day, with empty steps, oldest first', async () => {
    await answered('VALID', 7);
    await answered('VALID', 5, '2 hours');
    await answered('EXPIRED', 2, '2 hours');
    await answered('VALID', 100, '24 hours');
    await answered('VALID', 1_000, '720 hours');
    const day = await countCalls(vera, '24h');
    expect(day.steps).toHaveLength(24);
    expect(day.steps.at(-1)?.codes).toEqual({ VALID: 7 });
    expect(day.steps.at(-3)?.codes).toEqual({ VALID: 5, EXPIRED: 2 });
    expect(sum(day.steps.map(allOf))).toBe(14);
    const week = await countCalls(vera, '7d');
    expect(week.steps).toHaveLength(28);
    expect(week.steps.at(-1)?.codes).toEqual({ VALID: 12, EXPIRED: 2 });
    expect(sum(week.steps.map(allOf))).toBe(114);
    const month = await countCalls(vera, '30d');
    expect(month.steps).toHaveLength(30);
    expect(sum(month.steps.map(allOf))).toBe(114);
    expect(sum(month.steps.map(validOf))).toBe(112);
    expect(month.steps.at(-1)?.at.toISOString().slice(11)).toBe('00:00:00.000Z');
  });

  it('of one key include only its own', async () => {
    const [one, other] = [await makeKey(ada, 'grace'), await makeKey(ada, 'grace')];
    await used(one.id, 'VALID', 3);
    await used(one.id, 'RATE_LIMITED', 4, '3 hours');
    await used(other.id, 'VALID', 50);
    await answered('VALID', 1_000);
    const { steps } = await countCalls(vera, '24h', one.id);
    expect(sum(steps.map(allOf))).toBe(7);
    expect(steps.at(-4)?.codes).toEqual({ RATE_LIMITED: 4 });
  });
});

it('totals older than 400 days are deleted too', async () => {
  await answered('VALID', 1, '399 days');
  await answered('VALID', 2, '401 days');
  await doChores();
  expect((await sql('select count::int from usage_total')).rows).toEqual([{ count: 1 }]);
});

describe('the key figures', () => {
  it('count keys by status, and users', async () => {
    const [, off, over, gone] = [
      await makeKey(ada, 'grace'),
      await makeKey(ada, 'grace'),
      await makeKey(ada, 'grace'),
      await makeKey(ada, 'grace'),
    ];
    await age(off.id, 'active = false, expires_at = now()');
    await age(over.id, 'expires_at = now()');
    await age(gone.id, 'deleted_at = now()');
    const { rows } = await sql('select count(*)::int as n from directory_user');
    const one = { total: 1, isExact: true };
    const users = { total: rows[0]?.n, isExact: true };
    expect(await findDeskFigures(vera)).toEqual({
      active: one,
      inactive: one,
      expired: one,
      users,
    });
  });
});

describe('the busiest keys', () => {
  it('come first by calls in 24 hours, without service keys and deleted keys', async () => {
    const [quiet, busy, gone] = [
      await makeKey(ada, 'grace'),
      await makeKey(ada, 'grace', { name: 'busy' }),
      await makeKey(ada, 'grace'),
    ];
    const gateway = await makeKey(ada, 'grace', { scopes: ['keydesk:verify'] });
    await used(quiet.id, 'VALID', 10);
    await used(quiet.id, 'VALID', 10_000, '25 hours');
    await used(busy.id, 'VALID', 30, '2 hours');
    await used(busy.id, 'INACTIVE', 12);
    for (const { id } of [gone, gateway]) await used(id, 'VALID', 5_000);
    await age(gone.id, 'deleted_at = now()');
    expect(await listTopKeys(vera)).toMatchObject([
      { id: busy.id, username: 'grace', name: 'busy', calls: 42, refused: 12 },
      { id: quiet.id, calls: 10, refused: 0 },
    ]);
  });
});

describe('dead keys that are still tried', () => {
  it('are deleted or replaced ones, with former owner, count and last hour', async () => {
    const [live, replaced, gone, forgotten] = [
      await makeKey(ada, 'grace'),
      await makeKey(ada, 'grace'),
      await makeKey(ada, 'grace'),
      await makeKey(ada, 'grace'),
    ];
    await used(live.id, 'VALID', 9);
    await used(replaced.id, 'VALID', 9);
    await used(replaced.id, 'NOT_FOUND', 2, '50 hours');
    await used(replaced.id, 'NOT_FOUND', 3, '3 hours');
    await used(gone.id, 'NOT_FOUND', 8);
    await age(gone.id, 'deleted_at = now(), purged_at = now()');
    await used(forgotten.id, 'NOT_FOUND', 99, '8 days');
    const dead = await listDeadKeys(vera);
    expect(dead).toMatchObject([
      { id: gone.id, username: 'grace', deleted: true, calls: 8 },
      { id: replaced.id, deleted: false, calls: 5 },
    ]);
    const hours = (Date.now() - (dead[1]?.lastTried.getTime() ?? 0)) / 3_600_000;
    expect(hours).toBeGreaterThan(2);
    expect(hours).toBeLessThan(4.1);
  });

  it('name the last address of the dead secret only, or none if none was reported', async () => {
    const seen = (id: string, version: number, address: string, ago: string) =>
      sql(`insert into key_source values ($1, $2, $3, now() - $4::interval, 1)`, [
        id,
        version,
        address,
        ago,
      ]);
    const [gone, replaced, overlapping, silent, forgotten] = [
      await makeKey(ada, 'grace'),
      await makeKey(ada, 'grace'),
      await makeKey(ada, 'grace'),
      await makeKey(ada, 'grace'),
      await makeKey(ada, 'grace'),
    ];
    for (const [index, { id }] of [gone, replaced, overlapping, silent, forgotten].entries()) {
      await used(id, 'NOT_FOUND', 9 - index);
    }
    await age(gone.id, 'deleted_at = now()');
    await seen(gone.id, 1, '192.0.2.1', '2 seconds');
    await seen(gone.id, 1, '192.0.2.2', '0 seconds');
    await age(replaced.id, 'secret_version = 2');
    await seen(replaced.id, 1, '2001:db8::1', '0 seconds');
    await seen(replaced.id, 2, '192.0.2.9', '-1 seconds');
    // Two secrets work and an older one is dead. Nothing shows from where the dead one was tried.
    await age(overlapping.id, 'secret_version = 3');
    await sql(
      `insert into former_secret (mac, key_id, pepper, version, stops_at)
       values (sha256('old'), $1, 1, 2, now() + interval '1 hour')`,
      [overlapping.id],
    );
    for (const version of [2, 3]) await seen(overlapping.id, version, '192.0.2.9', '0 seconds');
    await age(silent.id, 'deleted_at = now()');
    await seen(silent.id, 1, '', '0 seconds');
    await age(forgotten.id, 'deleted_at = now()');
    await seen(forgotten.id, 1, '192.0.2.9', '90 minutes');
    const dead = await listDeadKeys(vera);
    expect(dead.map(({ lastAddress }) => lastAddress)).toEqual([
      '192.0.2.2',
      '2001:db8::1',
      null,
      '',
      null,
    ]);
  });
});

it('imported keys are shown here as they are in the report', async () => {
  const [busy, dead] = [await makeKey(ada, 'grace'), await makeKey(ada, 'grace')];
  await age(busy.id, `secret_prefix = ''`);
  await age(dead.id, `secret_prefix = '', secret_first = '', secret_last = '', deleted_at = now()`);
  await used(busy.id, 'VALID', 1);
  await used(dead.id, 'NOT_FOUND', 1);
  expect((await listTopKeys(vera)).map(({ hint }) => hint)).toEqual([
    expect.stringMatching(/^[^_]{4}…[^_]{4}$/),
  ]);
  expect((await listDeadKeys(vera)).map(({ hint }) => hint)).toEqual(['imported']);
});

describe('the permanent lists', () => {
  it('separate never used from unused, and omit inactive, new, used and deleted keys', async () => {
    const make = () => makeKey(ada, 'grace');
    const [never, young, off, unused, lately] = [
      ...[await make(), await make(), await make(), await make(), await make()],
    ] as const;
    await age(never.id, `created_at = now() - interval '31 days'`);
    await age(young.id, `created_at = now() - interval '29 days'`);
    await age(off.id, `created_at = now() - interval '99 days', active = false`);
    for (const { id } of [unused, lately]) await age(id, `created_at = now() - interval '99 days'`);
    await lastUsed(unused.id, '92 days');
    await lastUsed(lately.id, '89 days');
    expect(await listed('never-used')).toEqual([never.id]);
    expect(await listed('unused')).toEqual([unused.id]);
    // What has expired is refused already.
    for (const { id } of [never, unused]) await age(id, `expires_at = now()`);
    for (const name of ['never-used', 'unused'] as const) expect(await listed(name)).toEqual([]);
    for (const { id } of [never, unused]) await age(id, 'expires_at = null');
    await age(never.id, 'deleted_at = now()');
    await lastUsed(unused.id, '0');
    expect(await listed('never-used')).toEqual([]);
    expect(await listed('unused')).toEqual([]);
  });

  it('show keys that expire within 30 days, soonest first', async () => {
    const [late, soon, past] = [
      await makeKey(ada, 'grace'),
      await makeKey(ada, 'grace'),
      await makeKey(ada, 'grace'),
    ];
    await makeKey(ada, 'grace');
    await age(late.id, `expires_at = now() + interval '29 days'`);
    await age(soon.id, `expires_at = now() + interval '1 day'`);
    await age(past.id, `expires_at = now() - interval '1 day'`);
    expect(await listed('expiring')).toEqual([soon.id, late.id]);
    await age(late.id, `expires_at = now() + interval '31 days'`);
    expect(await listed('expiring')).toEqual([soon.id]);
  });

  it('show keys that violate the policy, if there is one', async () => {
    const [endless, long, short] = [
      await makeKey(ada, 'grace'),
      await makeKey(ada, 'grace'),
      await makeKey(ada, 'grace'),
    ];
    await age(long.id, `expires_at = now() + interval '91 days'`);
    await age(short.id, `expires_at = now() + interval '89 days'`);
    expect(await listed('violating')).toEqual([]);
    await sql('insert into key_policy (expiry_required) values (true)');
    expect(await listed('violating')).toEqual([endless.id]);
    await sql('update key_policy set longest_lifetime = 90, expiry_required = false');
    expect(await listed('violating')).toEqual([endless.id, long.id]);
  });

  it('show keys of disabled owners, active or not', async () => {
    const [one, off] = [await makeKey(ada, 'grace'), await makeKey(ada, 'grace')];
    await age(off.id, 'active = false');
    expect(await listed('ownerless')).toEqual([]);
    await sql(`update directory_user set active = false where username = 'grace'`);
    expect((await listed('ownerless'))?.sort()).toEqual([one.id, off.id].sort());
  });

  it('count more than they show, and a bulk change includes all', async () => {
    const owner = await insertUser('crowd', { active: false });
    await sql(
      `insert into api_key (id, owner_id, active, secret_mac, secret_pepper, secret_prefix, secret_first, secret_last, request_id)
       select gen_random_uuid(), $1, n > 2, sha256(gen_random_uuid()::text::bytea), 1, 'kd', 'AbCd', 'wXyZ', gen_random_uuid()
       from generate_series(1, 10_005) n`,
      [owner],
    );
    const list = await findKeyList(vera, 'ownerless');
    expect(list?.rows).toHaveLength(5);
    expect(list).toMatchObject({ total: 10_000, isExact: false });
    // What is left of all keys is known without counting it.
    expect(await findDeskFigures(vera)).toMatchObject({
      active: { total: 10_003, isExact: true },
      inactive: { total: 2, isExact: true },
    });
    await sql('update api_key set active = not active');
    expect(await findDeskFigures(vera)).toMatchObject({
      active: { total: 2, isExact: true },
      inactive: { total: 10_000, isExact: false },
    });
    expect(await idsOfKeyList(otto, 'ownerless')).toHaveLength(10_000);
    await expect(idsOfKeyList(vera, 'ownerless')).rejects.toThrow('operator');
  });
});
