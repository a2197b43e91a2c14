import { pagePool } from '@/db/client';
import { startBulkInput } from '@/lib/keys/bulk/bulk-input';
import { findBulkChange } from '@/lib/keys/bulk/find-bulk-change';
import { startBulkChange } from '@/lib/keys/bulk/start-bulk-change';
import { stepBulkChange } from '@/lib/keys/bulk/step-bulk-change';
import { useTestDatabase } from '../helpers/database';
import { ada, insertPeople, insertUser, otto, vera } from '../helpers/people';

useTestDatabase();
beforeAll(() => insertPeople());

let serial = 0;

/** Keys of a new user, added directly to the database. */
async function keysOf(count: number, { active = true, scopes = '{}' } = {}) {
  const username = `owner-${++serial}`;
  const owner = await insertUser(username);
  const { rows } = await pagePool().query<{ id: string }>(
    `insert into api_key (id, owner_id, active, scopes, secret_mac, secret_pepper, secret_prefix, secret_first, secret_last, request_id)
     select gen_random_uuid(), $1, $3, $4, sha256(gen_random_uuid()::text::bytea), 1, 'kd', 'AbCd', 'wXyZ', gen_random_uuid()
     from generate_series(1, $2::int) returning id`,
    [owner, count, active, scopes],
  );
  return { username, ids: rows.map(({ id }) => id) };
}

async function started(by: typeof otto, input: Record<string, unknown>) {
  const result = await startBulkChange(by, startBulkInput.parse(input));
  if (result.outcome !== 'started') throw new Error(result.outcome);
  return result.id;
}

const count = async (text: string, values: unknown[]) =>
  Number((await pagePool().query<{ count: string }>(text, values)).rows[0]?.count);
const activeOf = (ids: string[]) =>
  count('select count(*) from api_key where id = any($1) and active', [ids]);
const eventsOf = (ids: string[], action: string) =>
  count('select count(*) from audit_event where target_id = any($1) and action = $2', [
    ids,
    action,
  ]);

describe('a change of many keys', () => {
  it('changes nothing before it is confirmed, then every key with an event of its own', async () => {
    const { ids } = await keysOf(3);
    const id = await started(otto, { verb: 'deactivate', key: ids });
    expect(await activeOf(ids)).toBe(3);
    expect(await stepBulkChange(otto, id)).toEqual({ outcome: 'stepped', left: 0 });
    expect(await activeOf(ids)).toBe(0);
    expect(await eventsOf(ids, 'key.deactivate')).toBe(3);
    expect(await findBulkChange(otto, id)).toMatchObject({ total: 3, done: 3, changed: 3 });
  });

  it('includes everything that the filter finds, in steps of 500, and can be stopped in between', async () => {
    const { username, ids } = await keysOf(1_200);
    await pagePool().query('update api_key set active = false where id = $1', [ids[0]]);
    const id = await started(otto, { verb: 'delete', all: 'yes', username, status: 'active' });
    expect(await stepBulkChange(otto, id)).toEqual({ outcome: 'stepped', left: 699 });
    expect(await eventsOf(ids, 'key.delete')).toBe(500);
    expect(await findBulkChange(otto, id)).toMatchObject({ total: 1_199, done: 500, changed: 500 });
    while ((await stepBulkChange(otto, id)).outcome === 'stepped') {
      if ((await findBulkChange(otto, id))?.done === 1_199) break;
    }
    expect(await eventsOf(ids, 'key.delete')).toBe(1_199);
    expect(
      await count('select count(*) from api_key where id = any($1) and deleted_at is null', [ids]),
    ).toBe(1);
  });

  it('changes each key once in two parallel runs', async () => {
    const { ids } = await keysOf(800);
    const id = await started(otto, { verb: 'deactivate', key: ids });
    await Promise.all([1, 2, 3, 4].map(() => stepBulkChange(otto, id)));
    expect(await eventsOf(ids, 'key.deactivate')).toBe(800);
    expect(await findBulkChange(otto, id)).toMatchObject({ done: 800, changed: 800 });
  });

  it('names the keys that could not be changed, and changes the rest', async () => {
    const { ids } = await keysOf(3, { active: false });
    const service = await keysOf(1, { active: false, scopes: '{keydesk:verify}' });
    const on = await keysOf(1);
    const id = await started(otto, { verb: 'activate', key: [...ids, ...service.ids, ...on.ids] });
    await pagePool().query('update api_key set deleted_at = now() where id = $1', [ids[0]]);
    await stepBulkChange(otto, id);
    const bulk = await findBulkChange(otto, id);
    expect(bulk).toMatchObject({ total: 5, done: 5, changed: 2, unchanged: 1 });
    expect(bulk?.skipped.map(({ id: of, outcome }) => [of, outcome]).sort()).toEqual(
      [
        [ids[0], 'gone'],
        [service.ids[0], 'needs-admin'],
      ].sort(),
    );
    expect(await activeOf(service.ids)).toBe(0);
    const again = await started(ada, { verb: 'activate', key: service.ids });
    await stepBulkChange(ada, again);
    expect(await activeOf(service.ids)).toBe(1);
  });

  it('is refused if nothing is ticked, or more than 10,000 are found', async () => {
    const nothing = startBulkInput.parse({ verb: 'delete' });
    expect(await startBulkChange(otto, nothing)).toEqual({ outcome: 'nothing-selected' });
    const { username } = await keysOf(10_001);
    const many = startBulkInput.parse({ verb: 'delete', all: 'yes', username });
    expect(await startBulkChange(otto, many)).toEqual({ outcome: 'too-many' });
  });

  it('belongs to the administrator who began it, and is refused to viewers', async () => {
    const { ids } = await keysOf(1);
    const id = await started(otto, { verb: 'delete', key: ids });
    expect(await stepBulkChange(ada, id)).toEqual({ outcome: 'gone' });
    expect(await findBulkChange(ada, id)).toBeNull();
    const input = startBulkInput.parse({ verb: 'delete', key: ids });
    await expect(startBulkChange(vera, input)).rejects.toThrow('operator');
    await expect(stepBulkChange(vera, id)).rejects.toThrow('operator');
  });

  it('does not happen if its events cannot be written', async () => {
    const { ids } = await keysOf(2);
    const id = await started(otto, { verb: 'deactivate', key: ids });
    await pagePool().query('alter table audit_event rename to audit_event_away');
    await expect(stepBulkChange(otto, id)).rejects.toThrow();
    await pagePool().query('alter table audit_event_away rename to audit_event');
    expect(await activeOf(ids)).toBe(2);
    expect(await findBulkChange(otto, id)).toMatchObject({ done: 0 });
  });
});
