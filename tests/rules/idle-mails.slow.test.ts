import { database } from '@/db/client';
import { deliverDue } from '@/lib/notices/delivery-worker';
import { tellOwnersOfIdle } from '@/lib/rules/tell-owners-of-idle';
import { waitingKey } from '../hand-over/helpers';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { countRows, makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser } from '../helpers/people';
import { useSettings } from '../helpers/settings';
import { header, mails, startServer, stopServers, textOf } from '../notices/mail-server';
import {
  insertBusy,
  isActive,
  morning,
  rules,
  sql,
  stepOn,
  switchOffOn,
  tellOn,
  turnOn,
  use,
} from './helpers';

useTestDatabase();
beforeEach(async () => {
  const SMTP_URL = `smtp://127.0.0.1:${await startServer()}`;
  useSettings({ SMTP_URL, SMTP_FROM: 'Keydesk <desk@example.org>' });
  await emptyDatabase();
  await insertPeople();
  await setUp();
});
afterEach(stopServers);
afterAll(() => useSettings({ SMTP_URL: '', SMTP_FROM: '' }));

const ids: Record<string, string> = {};
const secrets: string[] = [];
async function setUp() {
  secrets.length = 0;
  const add = async (name: string, more: Parameters<typeof insertUser>[1] = {}) => {
    ids[name] = await insertUser(name, more);
  };
  const service = (email: string, responsibleId?: string) =>
    ({ kind: 'service', email, responsibleId }) as const;
  await add('grace', { email: 'grace@example.org' });
  await add('heidi');
  await add('billing', service('', ids.grace));
  await add('crm', service('crm@example.org'));
  await add('ivan', { email: 'ivan@example.org' });
  await insertBusy(60);
  await rules();
}

async function key(owner: string, name: string, more: object = {}) {
  const { id, secret } = await makeKey(ada, owner, { name, ...more });
  secrets.push(secret);
  return id;
}

/** Each mail as the table names it: to whom, about what, and which keys. */
async function arrived(): Promise<string[]> {
  await deliverDue();
  return mails
    .splice(0)
    .map((mail) => {
      const text = textOf(mail);
      for (const secret of secrets) expect(mail.raw + text).not.toContain(secret.slice(7, -10));
      const about = [...text.matchAll(/· (\w+) · kd_\w{4}…\w{4}/gu)].map(([, name]) => name);
      return `${mail.to} ${header(mail, 'Subject')?.replace('Keydesk: ', '')}: ${about.sort()}`;
    })
    .sort();
}

/** One day: everything runs twice, as on two instances. */
async function live(day: number): Promise<string[]> {
  for (const _ of [1, 2]) {
    await tellOn(day);
    await switchOffOn(day);
  }
  return arrived();
}

async function days(first: number, last: number, between?: (day: number) => Promise<unknown>) {
  const table: [number, string[]][] = [];
  for (let day = first; day <= last; day++) {
    const all = await live(day);
    if (all.length > 0) table.push([day, all]);
    await between?.(day);
  }
  return table;
}

const grace = (subject: string, names: string) => `grace@example.org ${subject}: ${names}`;
const soon = (keys: number) =>
  `${keys === 1 ? '1 unused API key' : `${keys} unused API keys`} of yours will be switched off`;
const off = (keys: number) =>
  `${keys === 1 ? '1 API key' : `${keys} API keys`} of yours switched off`;

it('each owner gets the mails of this table, and no other', async () => {
  const never = await key('grace', 'never');
  const used = await key('grace', 'used');
  const invoices = await key('billing', 'invoices');
  const sync = await key('crm', 'sync');
  const mute = await key('heidi', 'mute');
  const left = {
    service: await key('grace', 'gateway', { scopes: ['keydesk:verify'] }),
    disabled: await key('ivan', 'gone'),
    saved: await key('grace', 'saved'),
    switched: await key('grace', 'again'),
  };
  await sql('update directory_user set active = false where id = $1', [ids.ivan]);
  await sql('update api_key set active = false where id = $1', [left.switched]);
  await use(used, -100);
  await turnOn();
  const table = await days(0, 41, async (day) => {
    if (day === 5) await use(used, 5);
    if (day === 20) await use(left.saved, 20);
  });
  expect(table).toEqual([
    [
      17,
      [
        'crm@example.org 1 unused API key of yours will be switched off: sync',
        grace(soon(3), 'invoices,never,saved'),
      ],
    ],
    [22, [grace(soon(1), 'used')]],
    [
      30,
      [
        'crm@example.org 1 unused API key of yours will be switched off: sync',
        grace(soon(2), 'invoices,never'),
      ],
    ],
    [31, [`crm@example.org ${off(1)}: sync`, grace(off(2), 'invoices,never')]],
    [35, [grace(soon(1), 'used')]],
    [36, [grace(off(1), 'used')]],
    [37, [grace(soon(1), 'saved')]],
  ]);
  for (const id of [never, used, invoices, sync, mute]) expect(await isActive(id)).toBe(false);
  expect(await isActive(left.service)).toBe(true);
  expect(await isActive(left.disabled)).toBe(true);
  expect(await isActive(left.saved)).toBe(true);
  expect(await countRows('api_key', 'active')).toBe(60 + 3);
}, 60_000);

it('the mail says when, since when it is unused, and how to keep the key', async () => {
  const id = await key('grace', 'reports');
  await use(id, -50);
  await turnOn();
  await tellOn(30);
  await deliverDue();
  const text = textOf(mails[0]);
  const day = new Date(Date.now() + 31 * 86_400_000).toISOString().slice(0, 10);
  expect(text).toContain(`will be switched off tomorrow, ${day}, last used `);
  expect(text).toContain('To keep a key, use it before that day: one accepted call is enough.');
  mails.length = 0;
  await switchOffOn(31);
  await deliverDue();
  expect(textOf(mails[0])).toContain('responsible, by the rule for unused keys:');
});

it('who was not told in time is told first, and a day later the key is switched off', async () => {
  const id = await key('grace', 'late');
  await turnOn();
  // Keydesk was away from day 10 to day 50.
  await days(0, 10);
  expect(await switchOffOn(50)).toBe(0);
  expect(await live(50)).toEqual([grace(soon(1), 'late')]);
  expect(await isActive(id)).toBe(true);
  expect(await live(51)).toEqual([grace(off(1), 'late')]);
});

it('where owners are not told by mail, keys stop on the same day without a mail', async () => {
  const id = await key('grace', 'quiet');
  await rules({ tellOwners: undefined });
  await turnOn(45);
  expect(await days(0, 45)).toEqual([]);
  expect(await isActive(id)).toBe(true);
  expect(await live(46)).toEqual([]);
  expect(await isActive(id)).toBe(false);
});

it('many keys of one person in several steps are one mail', async () => {
  for (let n = 0; n < 6; n++) await key('grace', `k${n}`);
  await turnOn();
  await tellOn(30);
  await arrived();
  const told: string[] = [];
  for (let step = 0; step < 4; step++) {
    await stepOn(31, 2);
    told.push(...(await arrived()));
  }
  expect(told).toEqual([grace(off(6), 'k0,k1,k2,k3,k4,k5')]);
});

it('eight instances tell each person once', async () => {
  for (let n = 0; n < 5; n++) await key('grace', `k${n}`);
  await turnOn();
  await Promise.all(Array.from({ length: 8 }, () => tellOn(17)));
  expect(await arrived()).toHaveLength(1);
});

it('control: without the primary keys several instances tell the person', async () => {
  await key('grace', 'k');
  await turnOn();
  await sql('alter table idle_digest drop constraint idle_digest_person_id_day_pk');
  await sql('alter table idle_notice drop constraint idle_notice_key_id_unused_since_days_pk');
  try {
    await database().transaction(async (tx) => {
      await tellOwnersOfIdle(tx, { clock: morning(17) });
      await tellOn(17);
    });
    expect(await arrived()).toHaveLength(2);
  } finally {
    await sql('delete from idle_digest');
    await sql('delete from idle_notice');
    await sql('alter table idle_digest add primary key (person_id, day)');
    await sql('alter table idle_notice add primary key (key_id, unused_since, days)');
  }
});

it('a key that waits for its user is not active, and is left alone', async () => {
  await waitingKey();
  await arrived();
  await turnOn();
  expect(await days(0, 40)).toEqual([]);
  expect(await countRows('audit_event', `action = 'key.deactivate'`)).toBe(0);
});
