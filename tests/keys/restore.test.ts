import { pagePool } from '@/db/client';
import { deleteKey } from '@/lib/keys/change-key';
import { listDeletedKeys } from '@/lib/keys/list-deleted-keys';
import { restoreKey } from '@/lib/keys/restore-key';
import { doChores } from '@/lib/server/housekeeping';
import { useTestDatabase } from '../helpers/database';
import { auditOf, countRows, makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto, vera } from '../helpers/people';

useTestDatabase();
beforeAll(async () => {
  await insertPeople();
  await insertUser('grace');
});

async function deletedKey(by = otto) {
  const { id, secret } = await makeKey(otto, 'grace', { name: 'to be deleted' });
  await deleteKey(by, id);
  return { id, secret };
}

const age = (id: string, days: number) =>
  pagePool().query(
    'update api_key set deleted_at = now() - make_interval(days => $2) where id = $1',
    [id, days],
  );

describe('a deleted key', () => {
  it('comes back switched off, and with its event', async () => {
    const { id } = await deletedKey();
    expect((await listDeletedKeys(vera)).map((key) => key.id)).toContain(id);
    expect(await restoreKey(ada, id)).toMatchObject({ outcome: 'restored', username: 'grace' });
    expect(await countRows('api_key', `id = '${id}' and deleted_at is null and not active`)).toBe(
      1,
    );
    expect(await auditOf(id)).toEqual(['key.create', 'key.delete', 'key.restore']);
    expect(await restoreKey(ada, id)).toEqual({ outcome: 'not-deleted' });
  });

  it('can be restored by the operator who just deleted it, and by no other', async () => {
    const own = await deletedKey();
    expect((await restoreKey(otto, own.id)).outcome).toBe('restored');
    const others = await deletedKey(ada);
    expect(await restoreKey(otto, others.id)).toEqual({ outcome: 'needs-admin' });
    await expect(restoreKey(vera, others.id)).rejects.toThrow('operator');
  });

  it('is restored once, however many try', async () => {
    const { id } = await deletedKey();
    const results = await Promise.all(Array.from({ length: 10 }, () => restoreKey(ada, id)));
    expect(results.filter(({ outcome }) => outcome === 'restored')).toHaveLength(1);
    expect((await auditOf(id)).filter((action) => action === 'key.restore')).toHaveLength(1);
  });

  it('stays deleted if its owner is deleted, or after 30 days', async () => {
    const { id } = await deletedKey();
    await age(id, 31);
    expect(await restoreKey(ada, id)).toEqual({ outcome: 'over' });
    const orphan = await deletedKey();
    const owner = `(select owner_id from api_key where id = '${orphan.id}')`;
    await pagePool().query(
      `update directory_user set deleted_at = now(), active = false where id = ${owner}`,
    );
    expect(await restoreKey(ada, orphan.id)).toEqual({ outcome: 'owner-gone' });
    await pagePool().query(
      `update directory_user set deleted_at = null, active = true where id = ${owner}`,
    );
  });

  it('is then purged: only its owner and MAC stay', async () => {
    const [old, young] = [await deletedKey(), await deletedKey()];
    await age(old.id, 31);
    await age(young.id, 29);
    await Promise.all([doChores(), doChores()]);
    const { rows } = await pagePool().query(
      `select name, purged_at is not null as purged, octet_length(secret_mac) as mac, owner_id is not null as owned
       from api_key where id = any($1) order by deleted_at`,
      [[old.id, young.id]],
    );
    expect(rows).toEqual([
      { name: '', purged: true, mac: 32, owned: true },
      { name: 'to be deleted', purged: false, mac: 32, owned: true },
    ]);
    await age(old.id, 1);
    expect(await restoreKey(ada, old.id)).toEqual({ outcome: 'over' });
  });
});

describe('usage', () => {
  it('is kept by the hour for 35 days and by the day for 400, without losing calls', async () => {
    const { id } = await makeKey(otto, 'grace');
    await pagePool().query(
      `insert into key_usage (key_id, hour, code, count)
       select $1, date_trunc('hour', now()) - make_interval(hours => n), code, n + 1
       from generate_series(0, 24 * 60) n, unnest('{VALID,INACTIVE}'::text[]) code`,
      [id],
    );
    await pagePool().query(
      `insert into key_usage (key_id, hour, code, count)
       values ($1, date_trunc('day', now(), 'UTC') - interval '401 days', 'VALID', 7)`,
      [id],
    );
    const total = async () =>
      (await pagePool().query('select code, sum(count) from key_usage group by code order by code'))
        .rows;
    const before = await total();
    await Promise.all([doChores(), doChores(), doChores()]);
    const after = await total();
    const valid = before.map((row) =>
      row.code === 'VALID' ? { ...row, sum: String(Number(row.sum) - 7) } : row,
    );
    expect(after).toEqual(valid);
    const old = `hour < date_trunc('day', now() - interval '35 days', 'UTC')`;
    expect(await countRows('key_usage', `${old} and hour <> date_trunc('day', hour, 'UTC')`)).toBe(
      0,
    );
    // 25 days and the rest of the first day, for each of two codes.
    const days = await countRows('key_usage', old);
    expect(days).toBeGreaterThanOrEqual(50);
    expect(days).toBeLessThanOrEqual(54);
    await doChores();
    expect(await countRows('key_usage', old)).toBe(days);
  });
});
