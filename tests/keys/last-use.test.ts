import fc from 'fast-check';
import { pagePool } from '@/db/client';
import { startBulkInput } from '@/lib/keys/bulk/bulk-input';
import { startBulkChange } from '@/lib/keys/bulk/start-bulk-change';
import { stepBulkChange } from '@/lib/keys/bulk/step-bulk-change';
import { deleteKey, switchKey } from '@/lib/keys/change-key';
import { keyListParams } from '@/lib/keys/key-input';
import { keyList } from '@/lib/keys/key-list';
import { restoreKey } from '@/lib/keys/restore-key';
import { walk } from '@/lib/lists/walk';
import { useTestDatabase } from '../helpers/database';
import { countRows, makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto } from '../helpers/people';
import { untilLockAwaited } from '../helpers/waiting';

useTestDatabase();
beforeAll(async () => {
  await insertPeople();
  await insertUser('grace');
});

const sql = (text: string, values: unknown[] = []) => pagePool().query(text, values);

const astray = () =>
  countRows(
    'api_key k full join key_last_use u on u.key_id = k.id',
    `(u.created_at, u.active, u.live) is distinct from (k.created_at, k.active, k.deleted_at is null)`,
  );

it('follows its key through every change', async () => {
  const steps = {
    on: (id: string) => switchKey(otto, { id, active: true }),
    off: (id: string) => switchKey(otto, { id, active: false }),
    delete: (id: string) => deleteKey(otto, id),
    restore: (id: string) => restoreKey(ada, id),
    backdate: (id: string) =>
      sql(`update api_key set created_at = created_at - interval '1 day' where id = $1`, [id]),
  };
  const names = Object.keys(steps) as (keyof typeof steps)[];
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...names), { maxLength: 6 }), async (todo) => {
      const { id } = await makeKey(otto, 'grace');
      for (const step of todo) await steps[step](id);
      expect(await astray()).toBe(0);
    }),
    { numRuns: 25 },
  );
  await sql('update api_key set active = not active');
  expect(await astray()).toBe(0);
  const rows = await countRows('api_key');
  await sql('delete from api_key where deleted_at is null');
  expect(await countRows('api_key')).toBeLessThan(rows);
  expect(await astray()).toBe(0);
});

/** Like verification, which records uses in the order of ids. */
it('can be recorded while many keys are switched, without a deadlock', async () => {
  const ids = ['f', 'e', '0'].map((digit) => `${digit.repeat(8)}-0000-7000-8000-000000000000`);
  await sql(
    `insert into api_key (id, owner_id, secret_mac, secret_pepper, secret_prefix, secret_first, secret_last, request_id)
     select key.id, u.id, sha256(key.id::text::bytea), 1, 'kd', 'AbCd', 'wXyZ', gen_random_uuid()
     from directory_user u, unnest($1::uuid[]) key (id) where u.username = 'grace'`,
    [ids],
  );
  const bulk = await startBulkChange(otto, startBulkInput.parse({ verb: 'deactivate', key: ids }));
  if (bulk.outcome !== 'started') throw new Error(bulk.outcome);
  const client = await pagePool().connect();
  const use = (id?: string) =>
    client.query('update key_last_use set used_at = now() where key_id = $1', [id]);
  await client.query('begin');
  await use(ids[2]);
  const step = stepBulkChange(otto, bulk.id);
  await untilLockAwaited();
  await use(ids[0]);
  await client.query('commit');
  client.release();
  expect((await step).outcome).toBe('stepped');
  expect(await countRows('api_key', `id = any('{${ids}}') and active`)).toBe(0);
});

it('is read without the keys, if no column of them is needed', async () => {
  const list = keyList(keyListParams.parse({ sort: 'used' }), {});
  const query = jest.spyOn(pagePool(), 'query');
  await walk(list, { order: list.order, limit: 26, offset: 500 });
  const [config, values] = query.mock.calls[0] ?? [];
  query.mockRestore();
  const { rows } = await sql(
    `explain ${(config as unknown as { text: string }).text}`,
    values as unknown as unknown[],
  );
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toContain('key_last_use');
  expect(plan).not.toContain('api_key');
});
