import type { SQL } from 'drizzle-orm';
import { database, pagePool, type Queryable } from '@/db/client';
import { switchKey } from '@/lib/keys/change-key';
import { stepIdleRun } from '@/lib/rules/step-idle-run';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { auditOf } from '../helpers/keys';
import { ada, insertPeople, insertUser } from '../helpers/people';
import { useSettings } from '../helpers/settings';
import { times } from '../helpers/times';
import {
  idleKey,
  insertBusy,
  isActive,
  morning,
  oldRule,
  sql,
  stepOn,
  switchOffOn,
} from './helpers';

const rounds = times(30, 8);

useTestDatabase();
beforeEach(async () => {
  useSettings({ SMTP_URL: '', SMTP_FROM: '' });
  await emptyDatabase();
  await insertPeople();
  await insertUser('grace');
});

/** The transaction, in which something happens elsewhere once the due keys were found and not yet locked. */
function afterFinding(tx: Queryable, act: () => Promise<unknown>): Queryable {
  const execute = async (query: SQL) => {
    const result = await tx.execute(query);
    if (Object.keys(result.rows[0] ?? {}).join() === 'id') await act();
    return result;
  };
  return new Proxy(tx, {
    get: (target, name) => (name === 'execute' ? execute : Reflect.get(target, name).bind(target)),
  });
}

describe('beside others', () => {
  beforeEach(() => insertBusy(20));

  it('a key stays on whose use is being written at that moment', async () => {
    const { id } = await idleKey();
    await oldRule();
    const client = await pagePool().connect();
    try {
      await client.query('begin');
      await client.query('update key_last_use set used_at = now() where key_id = $1', [id]);
      expect(await stepOn(0)).toBe(0);
      await client.query('commit');
    } finally {
      client.release();
    }
    expect(await switchOffOn(0)).toBe(0);
    expect(await isActive(id)).toBe(true);
  });

  it.each<[string, (id: string) => Promise<unknown>]>([
    ['uses', (id) => sql('update key_last_use set used_at = now() where key_id = $1', [id])],
    [
      'switches on again',
      async (id) => {
        await switchKey(ada, { id, active: false });
        await switchKey(ada, { id, active: true });
      },
    ],
  ])('a key stays on that somebody %s after it was found', async (_what, act) => {
    const { id } = await idleKey();
    await oldRule();
    const done = await database().transaction((tx) =>
      stepIdleRun(
        afterFinding(tx, () => act(id)),
        { clock: morning(0) },
      ),
    );
    expect(done).toBe(0);
    expect(await isActive(id)).toBe(true);
  });

  it(`${rounds} races: whoever switches a key on in the end finds it on`, async () => {
    await oldRule();
    for (let round = 0; round < rounds; round++) {
      const { id } = await idleKey();
      await sql('delete from idle_run');
      const again = async () => {
        await switchKey(ada, { id, active: false });
        await switchKey(ada, { id, active: true });
      };
      await Promise.all([stepOn(0), again(), stepOn(0)]);
      await switchOffOn(0);
      expect(await isActive(id)).toBe(true);
    }
  }, 60_000);

  it(`${rounds} races with uses: a key is on, or was off before its use was written`, async () => {
    await oldRule();
    for (let round = 0; round < rounds; round++) {
      const { id } = await idleKey();
      await sql('delete from idle_run');
      const flush = sql(
        'update key_last_use set used_at = now() where key_id = $1 returning active',
        [id],
      );
      const [, { rows }] = await Promise.all([stepOn(0), flush]);
      expect(await isActive(id)).toBe(rows[0].active);
    }
  }, 60_000);

  it('eight instances switch each key off once', async () => {
    const keys = await Promise.all([1, 2, 3].map(() => idleKey()));
    await oldRule();
    await Promise.all(Array.from({ length: 8 }, () => switchOffOn(0, 1)));
    await switchOffOn(0);
    for (const { id } of keys) {
      expect((await auditOf(id)).filter((action) => action === 'key.deactivate')).toHaveLength(1);
    }
  });
});
