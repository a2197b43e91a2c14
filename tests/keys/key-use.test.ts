import { pagePool } from '@/db/client';
import { changeKey, deleteKey, switchKey } from '@/lib/keys/change-key';
import { findKey } from '@/lib/keys/find-key';
import { changeKeyInput } from '@/lib/keys/key-input';
import { findKeyUse } from '@/lib/keys/use/key-use';
import { countCalls } from '@/lib/overview/count-calls';
import { useTestDatabase } from '../helpers/database';
import { auditOf, countRows, makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto, vera } from '../helpers/people';
import { untilLockAwaited } from '../helpers/waiting';

useTestDatabase();
beforeAll(async () => {
  await insertPeople();
  await insertUser('Grace Hopper');
});

const usedAgo = (id: string, age: string) =>
  pagePool().query('update key_last_use set used_at = now() - $2::interval where key_id = $1', [
    id,
    age,
  ]);

describe('how much a key is used', () => {
  it('matches the usage table', async () => {
    const { id } = await makeKey(otto, 'Grace Hopper');
    const { id: other } = await makeKey(otto, 'Grace Hopper');
    await pagePool().query(
      `insert into key_usage (key_id, hour, code, version, count)
       select k, date_trunc('hour', now()) - make_interval(hours => n), code, version, n + 1
       from generate_series(0, 24 * 9) n, unnest('{VALID,IP_DENIED,NOT_FOUND}'::text[]) code,
         unnest($1::uuid[]) k, generate_series(1, 2) version`,
      [[id, other]],
    );
    const sum = async (hours: number, where = 'true') => {
      const { rows } = await pagePool().query(
        `select sum(count)::int as n from key_usage
         where key_id = $1 and hour >= date_trunc('hour', now()) - make_interval(hours => $2) and ${where}`,
        [id, hours],
      );
      return rows[0].n;
    };
    // The current hour and the 23 before it, and accordingly for seven days.
    const day = { calls: await sum(23), refused: await sum(23, `code <> 'VALID'`) };
    expect(await findKeyUse(vera, id)).toMatchObject({
      day,
      week: { calls: await sum(167), refused: await sum(167, `code <> 'VALID'`) },
    });
    // The chart beside it shows the same.
    const { steps } = await countCalls(vera, '24h', id);
    const drawn = steps.flatMap(({ codes }) => Object.entries(codes));
    const total = (some: typeof drawn) => some.reduce((all, [, count]) => all + count, 0);
    expect(total(drawn)).toBe(day.calls);
    expect(total(drawn.filter(([code]) => code !== 'VALID'))).toBe(day.refused);
  });

  it('is zero for a new key, and not returned for a deleted one', async () => {
    const { id } = await makeKey(otto, 'Grace Hopper');
    expect(await findKeyUse(vera, id)).toEqual({
      lastUsedAt: null,
      usedLately: false,
      day: { calls: 0, refused: 0 },
      week: { calls: 0, refused: 0 },
      sources: [],
    });
    await deleteKey(otto, id);
    expect(await findKeyUse(vera, id)).toBeNull();
  });

  it('counts as recent for 24 hours', async () => {
    const { id } = await makeKey(otto, 'Grace Hopper');
    for (const [age, lately] of [
      ['23 hours 59 minutes', true],
      ['24 hours 1 minute', false],
    ] as const) {
      await usedAgo(id, age);
      expect((await findKeyUse(vera, id))?.usedLately).toBe(lately);
      expect((await findKey(vera, id))?.usedLately).toBe(lately);
    }
  });
});

describe('a key that was used in the last 24 hours', () => {
  it('is deleted only after its username is typed', async () => {
    const { id } = await makeKey(otto, 'Grace Hopper');
    await usedAgo(id, '1 hour');
    for (const typed of [undefined, '', 'Grace', 'ada']) {
      expect(await deleteKey(ada, id, typed)).toEqual({
        outcome: 'needs-username',
        username: 'Grace Hopper',
      });
    }
    expect(await countRows('api_key', `id = '${id}' and deleted_at is null`)).toBe(1);
    expect(await auditOf(id)).toEqual(['key.create']);
    expect((await deleteKey(otto, id, ' grace hopper ')).outcome).toBe('changed');
  });

  it('is checked under its lock, so that an earlier use is seen', async () => {
    const { id } = await makeKey(otto, 'Grace Hopper');
    const client = await pagePool().connect();
    await client.query('begin');
    await client.query('update key_last_use set used_at = now() where key_id = $1', [id]);
    const deleting = deleteKey(otto, id);
    await untilLockAwaited();
    await client.query('commit');
    client.release();
    expect((await deleting).outcome).toBe('needs-username');
  });

  it('can be switched off, and one used longer ago needs no username', async () => {
    const { id } = await makeKey(otto, 'Grace Hopper');
    await usedAgo(id, '1 hour');
    expect((await switchKey(otto, { id, active: false })).outcome).toBe('changed');
    await usedAgo(id, '25 hours');
    expect((await deleteKey(otto, id)).outcome).toBe('changed');
  });

  it('stays on if its form says No, and the rest is saved, because the question comes first', async () => {
    const { id } = await makeKey(otto, 'Grace Hopper');
    await usedAgo(id, '1 hour');
    const form = (fields: object) => changeKeyInput.parse({ id, active: 'no', ...fields });
    expect(await changeKey(otto, form({ name: 'renamed' }))).toEqual({ outcome: 'still-on' });
    expect(await findKey(vera, id)).toMatchObject({ name: 'renamed', active: true });
    expect(await auditOf(id)).toEqual(['key.create', 'key.update']);
    expect(
      await changeKey(otto, form({ name: 'renamed', expires: '2001-01-01T00:00' })),
    ).toMatchObject({ outcome: 'bad-expiry' });
    expect((await switchKey(otto, { id, active: false })).outcome).toBe('changed');
    expect((await changeKey(otto, form({ name: 'off' }))).outcome).toBe('changed');
    const { id: quiet } = await makeKey(otto, 'Grace Hopper');
    await usedAgo(quiet, '25 hours');
    const off = changeKeyInput.parse({ id: quiet, active: 'no', name: '' });
    expect((await changeKey(otto, off)).outcome).toBe('changed');
    expect((await findKey(vera, quiet))?.active).toBe(false);
  });
});
