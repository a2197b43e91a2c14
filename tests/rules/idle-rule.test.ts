import { sql as raw, type SQL } from 'drizzle-orm';
import { database, pagePool, type Queryable } from '@/db/client';
import { deleteKey, switchKey } from '@/lib/keys/change-key';
import { regenerateKey } from '@/lib/keys/regenerate-key';
import { restoreKey } from '@/lib/keys/restore-key';
import { transferKey } from '@/lib/keys/transfer-key';
import { allowIdleRun } from '@/lib/rules/allow-idle-run';
import { findHeldRun } from '@/lib/rules/find-held-run';
import { findStopDay } from '@/lib/rules/find-stop-day';
import { turnOffIdleRule } from '@/lib/rules/idle-rule';
import { mostADay } from '@/lib/rules/most-a-day';
import { listStopDays, previewIdleRule } from '@/lib/rules/preview-idle-rule';
import { stepIdleRun } from '@/lib/rules/step-idle-run';
import { changeUser } from '@/lib/users/change-user';
import { disableUser } from '@/lib/users/disable-user';
import { collect, letExpire, replacementFor } from '../hand-over/helpers';
import { useVerification, verdictOf } from '../hand-over/verdicts';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { auditOf, countRows, makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, vera } from '../helpers/people';
import { useSettings } from '../helpers/settings';
import {
  dayIn,
  insertBusy,
  isActive,
  morning,
  rules,
  sql,
  stepOn,
  switchOffOn,
  turnOn,
  use,
} from './helpers';

useTestDatabase();
useVerification();
let grace = '';
beforeEach(async () => {
  useSettings({ SMTP_URL: '', SMTP_FROM: '' });
  await emptyDatabase();
  await insertPeople();
  grace = await insertUser('grace');
  await insertUser('heidi');
});

/** A key that was made long ago and never used, under a rule that is as old. */
async function idleKey(more: object = {}): Promise<{ id: string; secret: string }> {
  const key = await makeKey(ada, 'grace', { name: 'old', ...more });
  await sql(
    `update api_key set created_at = now() - interval '200 days',
       secret_created_at = now() - interval '200 days' where id = $1`,
    [key.id],
  );
  return key;
}
async function oldRule(days = 30) {
  await turnOn(days);
  await sql(`update key_policy set idle_since = now() - interval '200 days'`);
}

describe('what is switched off', () => {
  beforeEach(() => insertBusy(20));

  it('is refused as INACTIVE, with the rule as actor in the audit', async () => {
    const { id, secret } = await idleKey();
    await oldRule();
    expect(await verdictOf(secret)).toBe('VALID');
    expect(await switchOffOn(0)).toBe(1);
    expect(await verdictOf(secret)).toBe('INACTIVE');
    const { rows } = await sql(
      `select actor_id, actor, address, details from audit_event
       where target_id = $1 and action = 'key.deactivate'`,
      [id],
    );
    const details = { bulk: expect.any(String), unusedDays: 30, lastUsedAt: null };
    const actor = { actor_id: null, actor: 'rule for unused keys', address: 'local' };
    expect(rows).toEqual([{ ...actor, details }]);
    expect(await findStopDay(vera, id)).toBeNull();
  });

  /** Each with the day on which the key is switched off afterwards; none within 40 days is null. */
  const postponed: [string, (id: string) => Promise<unknown>, number | null][] = [
    ['nothing', async () => undefined, 0],
    ['a use today', (id) => use(id, 0), 31],
    [
      'switched off and on again',
      async (id) => {
        await switchKey(ada, { id, active: false });
        await switchKey(ada, { id, active: true });
      },
      31,
    ],
    ['switched off by somebody', (id) => switchKey(ada, { id, active: false }), null],
    ['a new secret', (id) => regenerateKey(ada, { id, version: 1 }), 31],
    ['another owner', (id) => transferKey(ada, { id, to: 'heidi' }), 31],
    ['in the bin', (id) => deleteKey(ada, id, 'grace'), null],
    [
      'a deletion undone',
      async (id) => {
        await deleteKey(ada, id, 'grace');
        await restoreKey(ada, id, { undo: true });
      },
      31,
    ],
    [
      'restored, which leaves it off',
      async (id) => {
        await deleteKey(ada, id, 'grace');
        await restoreKey(ada, id);
      },
      null,
    ],
    [
      'its owner is disabled',
      () => disableUser(ada, { id: grace, keys: 1, keyAction: 'keep', to: '' }),
      null,
    ],
    [
      'its owner is enabled again',
      async () => {
        await disableUser(ada, { id: grace, keys: 1, keyAction: 'keep', to: '' });
        const facts = { displayName: '', email: '', active: true };
        await changeUser(ada, { id: grace, username: 'grace', ...facts });
      },
      31,
    ],
    [
      'expired',
      (id) => sql(`update api_key set expires_at = now() - interval '1 day' where id = $1`, [id]),
      null,
    ],
    [
      'expired, and then given another end',
      async (id) => {
        await sql(`update api_key set expires_at = now() - interval '1 day' where id = $1`, [id]);
        await sql(`update api_key set expires_at = now() + interval '1 year' where id = $1`, [id]);
      },
      31,
    ],
    [
      'another end before it expires, which is no use',
      (id) => sql(`update api_key set expires_at = now() + interval '1 year' where id = $1`, [id]),
      0,
    ],
    [
      'a name, which is no use',
      (id) => sql(`update api_key set name = 'x' where id = $1`, [id]),
      0,
    ],
    ['a new secret that waits for its user', (id) => replacementFor(id), null],
    [
      'a new secret that nobody collected',
      async (id) => {
        await letExpire((await replacementFor(id)).id);
        await sql(
          `update hand_over set state = 'expired', sealed_secret = null, closed_at = now()`,
        );
      },
      0,
    ],
    ['a new secret that was collected', async (id) => collect(await replacementFor(id)), 31],
  ];

  it.each(postponed)('after %s', async (_what, act, expected) => {
    const { id } = await idleKey();
    await oldRule();
    await act(id);
    let stopped: number | null = null;
    for (const day of [0, 1, 30, 31, 32, 40]) {
      if ((await switchOffOn(day)) > 0) stopped ??= day;
    }
    expect(stopped).toBe(expected);
    if (stopped !== null) expect(await auditOf(id)).toContain('key.deactivate');
  });

  it('is no key that an administrator switches on after the rule', async () => {
    const { id } = await idleKey();
    await oldRule();
    await switchOffOn(0);
    await switchKey(ada, { id, active: true });
    for (const day of [1, 2, 30]) expect(await switchOffOn(day)).toBe(0);
    expect(await switchOffOn(31)).toBe(1);
  });

  it('is told apart by whole days, one hour after midnight', async () => {
    const { id } = await idleKey();
    await oldRule();
    const at = (minutes: number) =>
      database().transaction((tx) =>
        stepIdleRun(tx, {
          clock: raw`date_trunc('day', now(), 'UTC') + interval '31 days' + ${minutes} * interval '1 minute'`,
        }),
      );
    await use(id, 0);
    expect(await at(59)).toBe(0);
    expect(await at(60)).toBe(1);
  });

  it('is nothing where another number of days was just chosen, or the rule is off', async () => {
    await idleKey();
    await oldRule(60);
    await turnOn(30);
    expect(await switchOffOn(30)).toBe(0);
    await turnOffIdleRule(ada);
    expect(await switchOffOn(100)).toBe(0);
    expect(await findHeldRun(ada)).toBeNull();
  });
});

it('the day of every key is what the calendar says, whatever its history', async () => {
  await insertBusy(1_000);
  const days = 30;
  await turnOn(days);
  // Hours from midnight in UTC today; the rule began 60 days ago.
  const hours = () => -Math.floor(Math.random() * 24 * 90);
  await sql(
    `update key_policy set idle_since = date_trunc('day', now(), 'UTC') - interval '60 days'`,
  );
  const expected = new Map<string, number>();
  for (let n = 0; n < 60; n++) {
    const { id } = await makeKey(ada, 'grace');
    const [created, used, revived] = [hours(), n % 3 ? hours() : null, n % 4 ? null : hours()];
    const at = (place: string) => `date_trunc('day', now(), 'UTC') + ${place} * interval '1 hour'`;
    await sql(
      `update api_key set created_at = ${at('$2')}, secret_created_at = ${at('$2')},
         revived_at = ${at('$3')} where id = $1`,
      [id, created, revived],
    );
    if (used !== null) {
      await sql(`update key_last_use set used_at = ${at('$2')} where key_id = $1`, [id, used]);
    }
    const since = Math.max(created, used ?? -9e9, revived ?? -9e9, -60 * 24);
    expected.set(id, Math.max(0, Math.floor((since + days * 24) / 24) + 1));
  }
  const shown = new Map<string, number>();
  const today = Date.parse(new Date().toISOString().slice(0, 10));
  for (const id of expected.keys()) {
    const day = Date.parse((await findStopDay(vera, id)) ?? '');
    shown.set(id, (day - today) / 86_400_000);
  }
  expect(shown).toEqual(expected);
  const listed = await listStopDays(ada);
  expect(listed[0]?.keys).toBeGreaterThan(0);
  const stopped = new Map<string, number>();
  for (let day = 0; day <= days + 1; day++) {
    await switchOffOn(day, 7);
    for (const id of expected.keys()) {
      if (!stopped.has(id) && !(await isActive(id))) stopped.set(id, day);
    }
  }
  expect(stopped).toEqual(expected);
}, 60_000);

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

  it('30 races: whoever switches a key on in the end finds it on', async () => {
    await oldRule();
    for (let round = 0; round < 30; round++) {
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

  it('30 races with uses: a key is on, or was off before its use was written', async () => {
    await oldRule();
    for (let round = 0; round < 30; round++) {
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

describe('too many in one day', () => {
  const told = async () =>
    (
      await sql(`select body from notice_message where type = 'policy.idle_keys_held' order by id`)
    ).rows.map(({ body }) => JSON.parse(body).data);
  beforeEach(async () => {
    useSettings({ SMTP_URL: 'smtp://127.0.0.1:1', SMTP_FROM: 'desk@example.org' });
    await rules({ tellOwners: undefined });
    await insertBusy(60);
    await sql(`insert into notice_recipients (addresses) values ('{team@example.org}')`);
    await sql(`insert into webhook (id, url, types, sealed_secret) values (gen_random_uuid(),
      'https://hooks.example.org/', '{policy.idle_keys_held}', decode(repeat('00', 60), 'hex'))`);
    for (let n = 0; n < 10; n++) await idleKey();
    await oldRule();
  });

  it('stops itself, and tells mail recipients and webhooks once a day', async () => {
    for (const day of [0, 0, 1, 1, 2]) expect(await switchOffOn(day)).toBe(0);
    const data = { due: 10, active: 70, allowed: 7 };
    const link = 'http://localhost:3000/settings/policies/unused';
    expect(await told()).toEqual(Array(3).fill({ ...data, link }));
    expect(await countRows('notice_delivery', 'recipient is not null')).toBe(3);
    expect(await countRows('notice_delivery', 'webhook_id is not null')).toBe(3);
    expect(await countRows('audit_event', `action = 'policy.hold'`)).toBe(3);
    expect(await countRows('api_key', 'not active')).toBe(0);
  });

  it('goes on for as many keys as an administrator was shown', async () => {
    await switchOffOn(0);
    const held = await findHeldRun(vera, morning(0));
    if (!held) throw new Error('It did not stop.');
    expect(held).toMatchObject({ due: 10, active: 70, allowed: 7 });
    const allow = (keys: number) => allowIdleRun(ada, { id: held.id, keys }, morning(0));
    expect(await allow(9)).toEqual({ outcome: 'more', keys: 10 });
    expect(await switchOffOn(0)).toBe(0);
    const results = await Promise.all([allow(10), allow(10)]);
    expect(results.map(({ outcome }) => outcome).sort()).toEqual(['allowed', 'over']);
    await idleKey();
    // Also the next day, if it did not finish before midnight.
    expect(await stepOn(0, 4)).toBe(4);
    expect(await switchOffOn(1, 4)).toBe(6);
    expect(await countRows('api_key', 'not active')).toBe(10);
    expect(await countRows('audit_event', `action = 'policy.allow' and actor = 'ada'`)).toBe(1);
  });

  it('ends with the rule, and by the day', async () => {
    await switchOffOn(0);
    expect((await allowIdleRun(ada, { id: crypto.randomUUID(), keys: 10 })).outcome).toBe('over');
    const held = await findHeldRun(vera, morning(0));
    await turnOffIdleRule(ada);
    expect(await findHeldRun(vera, morning(0))).toBeNull();
    const late = await allowIdleRun(ada, { id: held?.id ?? '', keys: 10 }, morning(0));
    expect(late).toEqual({ outcome: 'over' });
  });

  it('is a tenth, and on a small desk five or half', () => {
    const table = [0, 1, 2, 5, 9, 10, 49, 59, 60, 70, 1_000].map((active) => mostADay(active));
    expect(table).toEqual([0, 0, 1, 2, 4, 5, 5, 5, 6, 7, 100]);
  });
});

it('the preview says how many keys are unused, and the first day', async () => {
  await insertBusy(20);
  for (let n = 0; n < 4; n++) await idleKey();
  await makeKey(ada, 'grace');
  await makeKey(ada, 'grace', { scopes: ['keydesk:verify'] });
  const counts = { unused: 4, ruled: 25, active: 26, serviceKeys: 1, allowed: 5, unreached: null };
  const dates = { firstDay: dayIn(91), noticeDays: [dayIn(77), dayIn(90)] };
  expect(await previewIdleRule(ada, 90)).toEqual({ days: 90, ...counts, ...dates });
});
