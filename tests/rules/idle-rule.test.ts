import { sql as raw } from 'drizzle-orm';
import { database } from '@/db/client';
import { deleteKey, switchKey } from '@/lib/keys/change-key';
import { regenerateKey } from '@/lib/keys/regenerate-key';
import { restoreKey } from '@/lib/keys/restore-key';
import { transferKey } from '@/lib/keys/transfer-key';
import { findHeldRun } from '@/lib/rules/find-held-run';
import { findStopDay } from '@/lib/rules/find-stop-day';
import { turnOffIdleRule } from '@/lib/rules/idle-rule';
import { listStopDays, previewIdleRule } from '@/lib/rules/preview-idle-rule';
import { stepIdleRun } from '@/lib/rules/step-idle-run';
import { changeUser } from '@/lib/users/change-user';
import { disableUser } from '@/lib/users/disable-user';
import { collect, letExpire, replacementFor } from '../hand-over/helpers';
import { useVerification, verdictOf } from '../hand-over/verdicts';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { auditOf, makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, vera } from '../helpers/people';
import { useSettings } from '../helpers/settings';
import { dayIn, idleKey, insertBusy, oldRule, sql, switchOffOn, turnOn, use } from './helpers';

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
    const { rows } = await sql('select id from api_key where not active');
    for (const { id } of rows) {
      if (expected.has(id) && !stopped.has(id)) stopped.set(id, day);
    }
  }
  expect(stopped).toEqual(expected);
}, 60_000);

it('the preview says how many keys are unused, and the first day', async () => {
  await insertBusy(20);
  for (let n = 0; n < 4; n++) await idleKey();
  await makeKey(ada, 'grace');
  await makeKey(ada, 'grace', { scopes: ['keydesk:verify'] });
  const counts = { unused: 4, ruled: 25, active: 26, serviceKeys: 1, allowed: 5, unreached: null };
  const dates = { firstDay: dayIn(91), noticeDays: [dayIn(77), dayIn(90)] };
  expect(await previewIdleRule(ada, 90)).toEqual({ days: 90, ...counts, ...dates });
});
