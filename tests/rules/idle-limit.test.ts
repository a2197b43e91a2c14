import { allowIdleRun } from '@/lib/rules/allow-idle-run';
import { findHeldRun } from '@/lib/rules/find-held-run';
import { turnOffIdleRule } from '@/lib/rules/idle-rule';
import { mostADay } from '@/lib/rules/most-a-day';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { countRows } from '../helpers/keys';
import { ada, insertPeople, insertUser, vera } from '../helpers/people';
import { useSettings } from '../helpers/settings';
import { idleKey, insertBusy, morning, oldRule, rules, sql, stepOn, switchOffOn } from './helpers';

useTestDatabase();
beforeEach(async () => {
  useSettings({ SMTP_URL: '', SMTP_FROM: '' });
  await emptyDatabase();
  await insertPeople();
  await insertUser('grace');
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
