import { readFileSync } from 'node:fs';
import { sql as raw } from 'drizzle-orm';
import { database, pagePool } from '@/db/client';
import { startBulkChange } from '@/lib/keys/bulk/start-bulk-change';
import { stepBulkChange } from '@/lib/keys/bulk/step-bulk-change';
import { deleteKey, switchKey } from '@/lib/keys/change-key';
import { findKeyPolicy, setKeyPolicy } from '@/lib/keys/policy/key-policy';
import { keyPolicyInput } from '@/lib/keys/policy/key-policy-input';
import { regenerateKey } from '@/lib/keys/regenerate-key';
import { revealKey } from '@/lib/keys/reveal-key';
import { transferKey } from '@/lib/keys/transfer-key';
import { reportLeak } from '@/lib/leaks/report-leak';
import { deliverDue } from '@/lib/notices/delivery-worker';
import { tellOwnersOfExpiring } from '@/lib/notices/find-expiring-of-owners';
import { queueOwnerEvents } from '@/lib/notices/queue-owner-events';
import { queueOwnerMails } from '@/lib/notices/queue-owner-mails';
import { listUnreachedOwners } from '@/lib/overview/list-unreached-owners';
import { startSession } from '@/lib/sessions/session';
import { disableUser } from '@/lib/users/disable-user';
import { collect, collectAs, replacementFor } from '../hand-over/helpers';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { countRows, makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto } from '../helpers/people';
import { useSettings } from '../helpers/settings';
import { setRule } from '../my-keys/helpers';
import { providerSettings } from '../oidc/start-provider';
import { header, mails, startServer, stopServers, textOf } from './mail-server';

useTestDatabase();
const useMail = (url: string) =>
  useSettings({ SMTP_URL: url, SMTP_FROM: 'Keydesk <desk@example.org>' });
beforeEach(async () => {
  useMail(`smtp://127.0.0.1:${await startServer()}`);
  await emptyDatabase();
  await insertPeople();
  await setUp();
});
afterEach(stopServers);
afterAll(() => useSettings({ SMTP_URL: '', SMTP_FROM: '' }));

const sql = (text: string, values: unknown[] = []) => pagePool().query(text, values);
const rules = (more: object = {}) =>
  setKeyPolicy(
    ada,
    keyPolicyInput.parse({ tellOwners: 'yes', noticeDays: ['30', '7', '1', '0'], ...more }),
  );

const ids: Record<string, string> = {};
/** Each kind of owner, and who reads about their keys. */
async function setUp() {
  const add = async (name: string, more: Parameters<typeof insertUser>[1] = {}) => {
    ids[name] = await insertUser(name, more);
  };
  const service = (email: string, responsibleId?: string) =>
    ({ kind: 'service', email, responsibleId }) as const;
  await add('grace', { email: 'grace@example.org' });
  await add('heidi');
  await add('billing', service('', ids.grace));
  await add('payroll', service('payroll@example.org', ids.grace));
  await add('crm', service('crm@example.org'));
  await add('lost', service('', ids.heidi));
  await add('ivan', { email: 'ivan@example.org' });
  await rules();
}

/** A mail as the table names it: to whom, about what, and how. */
const arrived = () =>
  mails.splice(0).map((mail) => {
    for (const { secret } of made) {
      expect(mail.raw + textOf(mail)).not.toContain(secret.slice(7, -10));
    }
    const about = [...textOf(mail).matchAll(/· (\w+) · kd_\w{4}…\w{4}/gu)].map(([, name]) => name);
    return `${mail.to} ${header(mail, 'Subject')?.replace('Keydesk: ', '')}: ${about.sort()}`;
  });
let made: { id: string; secret: string }[] = [];
afterEach(() => {
  made = [];
});
async function key(owner: string, name: string, more: object = {}) {
  const one = await makeKey(ada, owner, { name, ...more });
  made.push(one);
  return one;
}
/** Everything that is due is written and sent; a second round must find nothing. */
async function told(): Promise<string[]> {
  await deliverDue();
  const all = arrived().sort();
  await deliverDue();
  expect(arrived()).toEqual([]);
  return all;
}

describe('before keys expire', () => {
  const morning = (day: number) =>
    raw`(date_trunc('day', now(), 'UTC') + ${day} * interval '1 day' + interval '6 hours')`;
  const run = (day: number) =>
    database().transaction((tx) => tellOwnersOfExpiring(tx, { clock: morning(day) }));
  const ending = async (owner: string, name: string, day: number) => {
    const { id } = await key(owner, name);
    await sql(
      `update api_key set expires_at = date_trunc('day', now(), 'UTC') + $2 * interval '1 day'
         + interval '12 hours' where id = $1`,
      [id, day],
    );
    return id;
  };
  /** Day by day, what arrived. */
  async function days(last: number) {
    const table: [number, string[]][] = [];
    for (let day = 0; day <= last; day++) {
      await run(day);
      await run(day);
      const all = await told();
      if (all.length > 0) table.push([day, all]);
    }
    return table;
  }

  it('each owner gets the mails of this table, one a day', async () => {
    await ending('grace', 'reports', 33);
    await ending('grace', 'nightly', 40);
    await ending('billing', 'invoices', 40);
    await ending('payroll', 'wages', 60);
    await ending('crm', 'sync', 10);
    await ending('heidi', 'mute', 10);
    await ending('lost', 'silent', 10);
    await ending('ivan', 'gone', 10);
    await sql('update directory_user set active = false where id = $1', [ids.ivan]);
    const grace = (keys: number, names: string) =>
      `grace@example.org ${keys === 1 ? '1 API key of yours expires' : `${keys} API keys of yours expire`} soon: ${names}`;
    const crm = ['crm@example.org 1 API key of yours expires soon: sync'];
    expect(await days(62)).toEqual([
      [0, crm],
      [3, [...crm, grace(1, 'reports')].sort()],
      [9, crm],
      [10, [...crm, grace(2, 'invoices,nightly')].sort()],
      [26, [grace(1, 'reports')]],
      [30, [grace(1, 'wages')]],
      [32, [grace(1, 'reports')]],
      [33, [grace(3, 'invoices,nightly,reports')]],
      [39, [grace(2, 'invoices,nightly')]],
      [40, [grace(2, 'invoices,nightly')]],
      [53, [grace(1, 'wages')]],
      [59, [grace(1, 'wages')]],
      [60, [grace(1, 'wages')]],
    ]);
  }, 60_000);

  it('says what to do, when the key was last used, and nothing secret', async () => {
    const id = await ending('grace', 'reports', 1);
    await sql(`update key_last_use set used_at = '2026-01-02T03:04:05Z' where key_id = $1`, [id]);
    await run(0);
    await deliverDue();
    const text = textOf(mails[0]);
    expect(text).toMatch(/grace · reports · kd_\w{4}…\w{4}\s+expires tomorrow, .* 12:00 UTC/u);
    expect(text).toContain('last used 2026-01-02 03:04 UTC');
    expect(text).toContain('ask the administrators of Keydesk at http://localhost:3000');
    expect(text).not.toContain(id);
  });

  it('follows the policy, and can be told nothing', async () => {
    await ending('grace', 'reports', 15);
    await rules({ noticeDays: ['14', '3'] });
    expect((await days(16)).map(([day]) => day)).toEqual([1, 12]);
    await ending('grace', 'nightly', 15);
    await rules({ noticeDays: [] });
    expect(await days(16)).toEqual([]);
    await rules({ tellOwners: undefined });
    await rules({ noticeDays: ['30'], tellOwners: undefined });
    expect(await days(16)).toEqual([]);
  });

  it('is one mail from eight instances', async () => {
    for (let n = 0; n < 5; n++) await ending('grace', `k${n}`, 1);
    await Promise.all(Array.from({ length: 8 }, () => run(0)));
    expect(await told()).toHaveLength(1);
  });
});

test('control: without the primary key of the day several instances send the mail', async () => {
  const soon = { expires: new Date(Date.now() + 2 * 86_400_000) };
  await key('grace', 'reports', soon);
  await sql('alter table owner_digest drop constraint owner_digest_person_id_day_pk');
  await sql(
    'alter table owner_expiry_notice drop constraint owner_expiry_notice_key_id_expires_at_days_pk',
  );
  try {
    const run = () => database().transaction((tx) => tellOwnersOfExpiring(tx));
    await Promise.all(Array.from({ length: 8 }, run));
    await deliverDue();
    expect(arrived().length).toBeGreaterThan(1);
  } finally {
    await sql('delete from owner_digest');
    await sql('delete from owner_expiry_notice');
    await sql('alter table owner_digest add primary key (person_id, day)');
    await sql('alter table owner_expiry_notice add primary key (key_id, expires_at, days)');
  }
});

describe('when a key is changed', () => {
  it('its owner gets the mail of this table', async () => {
    const one = await key('grace', 'one', { revealable: true });
    const at = (action: Promise<unknown>) => action.then(() => told());
    const { id } = one;
    expect(await told()).toEqual([]);
    expect(await at(switchKey(otto, { id, active: false }))).toEqual([
      'grace@example.org 1 API key of yours switched off: one',
    ]);
    expect(await at(switchKey(otto, { id, active: true }))).toEqual([]);
    expect(await at(regenerateKey(otto, { id, stops: '24h' }))).toEqual([
      'grace@example.org New secret for 1 API key of yours: one',
    ]);
    const reveal = { id, reason: 'to see', requestId: crypto.randomUUID() };
    expect(await at(revealKey(ada, reveal))).toEqual([
      'grace@example.org Secret of 1 API key of yours revealed: one',
    ]);
    const link = await replacementFor(id, 2);
    expect(await told()).toEqual(['grace@example.org Secret of 1 API key waits for you: one']);
    expect(await at(collect(link))).toEqual([
      'grace@example.org Secret of 1 API key of yours collected: one',
    ]);
    expect(await at(transferKey(otto, { id, to: 'crm' }))).toEqual([
      'crm@example.org 1 API key transferred: one',
      'grace@example.org 1 API key transferred: one',
    ]);
    const two = await key('billing', 'two');
    const evidence = { source: 'scan', url: null };
    expect(await at(reportLeak(otto, [{ secret: two.secret }], evidence))).toEqual([
      'grace@example.org 1 API key of yours reported as leaked: two',
    ]);
    expect(await at(deleteKey(otto, id, 'crm'))).toEqual([
      'crm@example.org 1 API key of yours deleted: one',
    ]);
    for (const owner of ['heidi', 'lost']) {
      const { id: mute } = await key(owner, 'mute');
      expect(await at(switchKey(otto, { id: mute, active: false }))).toEqual([]);
    }
    expect(await countRows('owner_event')).toBe(0);
  });

  it('somebody who left more than a day ago is not told', async () => {
    const [one, two] = [await key('grace', 'one'), await key('ivan', 'two')];
    const left = (name: string, days: number) =>
      sql(
        `update directory_user set active = false, updated_at = now() - $2 * interval '1 day'
         where username = $1`,
        [name, days],
      );
    await left('grace', 2);
    await left('ivan', 0);
    for (const { id } of [one, two]) await switchKey(otto, { id, active: false });
    expect(await told()).toEqual(['ivan@example.org 1 API key of yours switched off: two']);
  });

  it('the mail says by whom, what it means and what to do', async () => {
    const { id } = await key('grace', 'one');
    await regenerateKey(otto, { id, stops: '24h' });
    await deliverDue();
    const text = textOf(mails[0]);
    expect(text).toContain('services for which you are responsible, by otto:');
    expect(text).toMatch(/got a new secret: the old one works until .{16} UTC/);
    expect(text).toMatch(/has no end, never used/);
    expect(text).toContain('administrators of Keydesk at http://localhost:3000');
  });

  it('the mail says who collected a key after signing in, and otherwise that anybody could', async () => {
    useSettings(providerSettings('https://id.example.org/'));
    await setRule('switch-off');
    const { id } = await key('grace', 'one');
    const [plain, grace] = [await replacementFor(id), ids.grace ?? ''];
    await collect(plain);
    const sessionId = await startSession(database(), grace, { address: '', userAgent: '' });
    const signOn = { term: '1h', withCode: false, signOn: true } as const;
    const link = await replacementFor(id, 2, { handOver: signOn });
    await collectAs({ id: grace, username: 'grace', sessionId }, link);
    await deliverDue();
    const texts = mails.map(textOf);
    expect(texts.filter((text) => text.includes('whoever opened the link first'))).toHaveLength(1);
    const signedIn = 'shown to grace, who had the link and was signed in';
    expect(texts.filter((text) => text.includes(signedIn))).toHaveLength(1);
    useSettings(Object.fromEntries(Object.keys(providerSettings('')).map((name) => [name, ''])));
  });

  it('one change is one mail, also of many keys and in steps', async () => {
    await sql(
      `insert into api_key (id, owner_id, secret_mac, secret_pepper, secret_prefix, secret_first,
         secret_last, request_id)
       select gen_random_uuid(), $1, sha256(n::text::bytea), 1, 'kd', 'AbCd', 'wXyZ', gen_random_uuid()
       from generate_series(1, 700) n`,
      [ids.grace],
    );
    const { rows } = await sql('select id from api_key');
    const keys = rows.map(({ id }) => id);
    const input = { verb: 'deactivate', key: keys, all: false } as never;
    const started = await startBulkChange(otto, input);
    if (started.outcome !== 'started') throw new Error(started.outcome);
    const step = () => stepBulkChange(otto, started.id);
    expect(await step()).toEqual({ outcome: 'stepped', left: 200 });
    expect(await told()).toEqual([]);
    expect(await step()).toEqual({ outcome: 'stepped', left: 0 });
    const after = await told();
    expect(after).toHaveLength(1);
    expect(after[0]).toMatch(/^grace@example.org 700 API keys of yours switched off/);
    const decision = { keys: 700, keyAction: 'delete', to: '' } as const;
    await disableUser(otto, { id: ids.grace ?? '', ...decision });
    const last = await told();
    expect(last).toHaveLength(1);
    expect(last[0]).toMatch(/^grace@example.org 700 API keys of yours deleted/);
  }, 60_000);

  it('a change that is read in parts, or by eight instances, is one mail', async () => {
    await key('heidi', 'a');
    for (let n = 0; n < 9; n++) await key('grace', `k${n}`);
    await queueOwnerEvents();
    const decision = { keys: 9, keyAction: 'transfer', to: 'ivan' } as const;
    await disableUser(otto, { id: ids.grace ?? '', ...decision });
    expect(await queueOwnerEvents(4)).toBe(4);
    expect(await queueOwnerMails()).toBe(0);
    await Promise.all(Array.from({ length: 8 }, () => queueOwnerEvents(2)));
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        while ((await queueOwnerEvents()) > 0);
        await queueOwnerMails();
      }),
    );
    const names = Array.from({ length: 9 }, (_, n) => `k${n}`).join();
    expect(await told()).toEqual([
      `grace@example.org 9 API keys transferred: ${names}`,
      `ivan@example.org 9 API keys transferred: ${names}`,
    ]);
  });

  it('is told only while the policy says so, and never later', async () => {
    const { id } = await key('grace', 'one');
    await rules({ tellOwners: undefined });
    await switchKey(otto, { id, active: false });
    expect(await told()).toEqual([]);
    await switchKey(otto, { id, active: true });
    await rules();
    expect(await told()).toEqual([]);
    await switchKey(otto, { id, active: false });
    expect(await told()).toHaveLength(1);
    useSettings({ SMTP_URL: '', SMTP_FROM: '' });
    await switchKey(otto, { id, active: true });
    await switchKey(otto, { id, active: false });
    await deliverDue();
    useMail(`smtp://127.0.0.1:${await startServer()}`);
    expect(await told()).toEqual([]);
  });
});

describe('a mail server', () => {
  it('that is away holds up no change, and gets the mail when it is back', async () => {
    useMail('smtp://127.0.0.1:1');
    const { id } = await key('grace', 'one');
    await switchKey(otto, { id, active: false });
    await deliverDue();
    expect(await countRows('api_key', 'not active')).toBe(1);
    expect(await countRows('notice_delivery', `state = 'waiting' and not bounced`)).toBe(1);
    useMail(`smtp://127.0.0.1:${await startServer()}`);
    await deliverDue(raw`now() + interval '1 minute'`);
    expect(arrived()).toEqual(['grace@example.org 1 API key of yours switched off: one']);
  });

  it('that refuses an address for good is not asked again about that mail', async () => {
    const address = (email: string) =>
      sql(`update directory_user set email = $1 where username = 'grace'`, [email]);
    await address('unknown@example.org');
    const { id } = await key('grace', 'one');
    await switchKey(otto, { id, active: false });
    await deliverDue();
    expect(
      await countRows('notice_delivery', `state = 'failed' and bounced and attempts = 1`),
    ).toBe(1);
    const grace = { id: ids.grace, username: 'grace', refused: 'unknown@example.org', expiring: 0 };
    expect(await listUnreachedOwners(ada)).toEqual([grace]);
    await address('grace@example.org');
    expect(await listUnreachedOwners(ada)).toEqual([]);
    await address('unknown@example.org');
    await sql(`update notice_delivery set state = 'waiting', recipient = 'unknown@example.org'`);
    useMail(
      `smtp://127.0.0.1:${await startServer({ onRcptTo: (_address, _session, done) => done() })}`,
    );
    await deliverDue(raw`now() + interval '1 day'`);
    expect(await listUnreachedOwners(ada)).toEqual([]);
  });
});

test('owners without an address are listed if their keys expire within 30 days', async () => {
  const expires = (days: number) => ({ expires: new Date(Date.now() + days * 86_400_000) });
  for (const days of [3, 29, 31]) await key('lost', 'silent', expires(days));
  await key('heidi', 'mute', expires(31));
  await key('billing', 'invoices', expires(3));
  const lost = { id: ids.lost, username: 'lost', refused: null, expiring: 2 };
  expect(await listUnreachedOwners(ada)).toEqual([lost]);
  await rules({ tellOwners: undefined });
  expect(await listUnreachedOwners(ada)).toBeNull();
});

test('a new installation tells owners from the start, an existing one does not', async () => {
  const migration = readFileSync('db/migrations/0035_people.sql', 'utf8');
  const [policy = '', position = ''] = migration.split('--> statement-breakpoint').slice(-2);
  await emptyDatabase();
  await insertUser('grace');
  for (const statement of [policy, position]) await sql(statement);
  expect((await findKeyPolicy()).tellOwners).toBe(false);
  await emptyDatabase();
  for (const statement of [policy, position]) await sql(statement);
  expect((await findKeyPolicy()).tellOwners).toBe(true);
  expect(await countRows('owner_notice_position', 'seq = 0')).toBe(1);
});
