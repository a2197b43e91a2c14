import { database, pagePool } from '@/db/client';
import { tellOfDead } from '@/lib/notices/find-dead';
import { tellOfExpiring } from '@/lib/notices/find-expiring';
import type { DeadKey, ExpiringKey, Message } from '@/lib/notices/messages';
import { doChores } from '@/lib/server/housekeeping';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { countRows, makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser } from '../helpers/people';
import { useSettings } from '../helpers/settings';

useTestDatabase();
beforeEach(async () => {
  useSettings({ SMTP_URL: 'smtp://127.0.0.1:1', SMTP_FROM: 'keydesk@example.org' });
  await emptyDatabase();
  await insertPeople();
  await insertUser('grace');
});
afterAll(() => useSettings({ SMTP_URL: '', SMTP_FROM: '' }));

const sql = (text: string, values: unknown[] = []) => pagePool().query(text, values);
const addHook = (active = true) =>
  sql(
    `insert into webhook (id, url, active, sealed_secret)
     values (gen_random_uuid(), 'https://hooks.example.org/', $1, decode(repeat('00', 60), 'hex'))`,
    [active],
  );
const change = (id: string, changes: string) =>
  sql(`update api_key set ${changes} where id = $1`, [id]);
/** Noon in UTC, this many days from today. */
const noon = (days: number) =>
  `expires_at = date_trunc('day', now(), 'UTC') + interval '${days} days 12 hours'`;
const messages = async (): Promise<Message[]> =>
  (await sql('select body from notice_message order by id')).rows.map(({ body }) =>
    JSON.parse(body),
  );
const expiring = async () =>
  (await messages())
    .filter(({ type }) => type === 'key.expiring')
    .flatMap(({ data }) => (data as { keys: ExpiringKey[] }).keys);
const dead = async () =>
  (await messages())
    .filter(({ type }) => type === 'key.dead_in_use')
    .flatMap(({ data }) => (data as { keys: DeadKey[] }).keys);
const expiryRun = () => database().transaction((tx) => tellOfExpiring(tx));
const deadRun = () => database().transaction((tx) => tellOfDead(tx));

describe('keys that expire soon', () => {
  beforeEach(() => addHook());

  it('are reported at 30, 7 and 1 days, once each, with the facts of the list', async () => {
    const key = await makeKey(ada, 'grace', { name: 'reports', metadata: { plan: 'canary-plan' } });
    for (const days of [31, 30, 29, 8, 7, 6, 2, 1, 1, 0]) {
      // Simulates time by moving the expiry date nearer, and that of its notice too.
      await change(key.id, noon(days));
      await sql(`update expiry_notice set expires_at = (select expires_at from api_key)`);
      await expiryRun();
    }
    const told = await expiring();
    expect(told.map(({ daysLeft }) => daysLeft)).toEqual([30, 7, 1]);
    const { rows } = await sql(
      `select secret_prefix || '_' || secret_first || '…' || secret_last as hint from api_key`,
    );
    expect(Object.keys(told[0] ?? {}).sort()).toEqual([
      ...['daysLeft', 'expiresAt', 'hint', 'id', 'link', 'name', 'username'],
    ]);
    expect(told[0]).toMatchObject({
      ...{ id: key.id, name: 'reports', username: 'grace', hint: rows[0].hint },
      link: `http://localhost:3000/keys/${key.id}`,
    });
    expect(JSON.stringify(await messages())).not.toContain('canary-plan');
  });

  it.each([
    [20, 30],
    [5, 7],
    [1, 1],
    [0, 1],
  ])('made with %i days left are reported by the step of %i only', async (left, step) => {
    const key = await makeKey(ada, 'grace');
    await change(
      key.id,
      left === 0 ? `expires_at = least(now() + interval '1 hour', ${endOfToday})` : noon(left),
    );
    expect([await expiryRun(), await expiryRun()]).toEqual([1, 0]);
    expect((await sql('select days from expiry_notice')).rows).toEqual([{ days: step }]);
  });
  const endOfToday = `date_trunc('day', now(), 'UTC') + interval '1 day' - interval '1 second'`;

  it('are reported again only if their expiry date changed', async () => {
    const key = await makeKey(ada, 'grace');
    await change(key.id, noon(5));
    expect(await expiryRun()).toBe(1);
    await change(key.id, `name = 'another'`);
    expect(await expiryRun()).toBe(0);
    await change(key.id, noon(6));
    expect([await expiryRun(), await expiryRun()]).toEqual([1, 0]);
  });

  it('are not reported if inactive, deleted, expired, or of a disabled owner', async () => {
    await insertUser('heidi');
    const [off, gone, past, ownerless] = [
      await makeKey(ada, 'grace'),
      await makeKey(ada, 'grace'),
      await makeKey(ada, 'grace'),
      await makeKey(ada, 'heidi'),
    ];
    for (const { id } of [off, gone, ownerless]) await change(id, noon(5));
    await change(off.id, 'active = false');
    await change(gone.id, 'deleted_at = now()');
    await change(past.id, `expires_at = now() - interval '1 second'`);
    await sql(`update directory_user set active = false where username = 'heidi'`);
    expect(await expiryRun()).toBe(0);
    await change(off.id, 'active = true');
    expect(await expiryRun()).toBe(1);
  });

  it('are reported once by eight parallel instances', async () => {
    for (let n = 0; n < 20; n++) await change((await makeKey(ada, 'grace')).id, noon(5));
    const runs = await Promise.all(Array.from({ length: 8 }, expiryRun));
    expect(runs.reduce((sum, one) => sum + one, 0)).toBe(20);
    const ids = (await expiring()).map(({ id }) => id);
    expect([ids.length, new Set(ids).size]).toEqual([20, 20]);
  });

  it('control: without the primary key several instances report them again', async () => {
    await change((await makeKey(ada, 'grace')).id, noon(5));
    await sql('alter table expiry_notice drop constraint expiry_notice_key_id_expires_at_days_pk');
    try {
      const runs = await Promise.all(Array.from({ length: 8 }, expiryRun));
      expect(runs.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(1);
    } finally {
      await sql('truncate expiry_notice');
      await sql('alter table expiry_notice add primary key (key_id, expires_at, days)');
    }
  });

  it('are not lost if an instance dies before its commit', async () => {
    await change((await makeKey(ada, 'grace')).id, noon(5));
    const crash = database().transaction(async (tx) => {
      await tellOfExpiring(tx);
      throw new Error('killed');
    });
    await expect(crash).rejects.toThrow('killed');
    expect([await countRows('expiry_notice'), await countRows('notice_delivery')]).toEqual([0, 0]);
    expect(await expiryRun()).toBe(1);
  });
});

describe('many at once', () => {
  it('are one mail and posts of 50 keys, with each key in one post', async () => {
    await addHook();
    await sql(`insert into notice_recipients (addresses) values ('{a@example.org,b@example.org}')`);
    const { id } = await makeKey(ada, 'grace');
    await change(id, noon(5));
    await sql(`insert into api_key (id, owner_id, expires_at, secret_mac, secret_pepper, secret_prefix,
        secret_first, secret_last, request_id)
      select gen_random_uuid(), owner_id, expires_at, sha256(n::text::bytea), 1, 'kd', 'AbCd', 'wXyZ',
        gen_random_uuid() from api_key, generate_series(1, 119) n`);
    await doChores();
    const { rows } = await sql(`select d.recipient, d.webhook_id is not null as hook, m.body
      from notice_delivery d join notice_message m on m.id = d.message_id order by m.id, recipient`);
    const posts = rows.filter(({ hook }) => hook).map(({ body }) => JSON.parse(body).data.keys);
    expect(posts.map((keys) => keys.length)).toEqual([50, 50, 20]);
    expect(new Set(posts.flat().map((key: ExpiringKey) => key.id)).size).toBe(120);
    expect(rows.filter(({ hook }) => hook).every(({ body }) => body.length < 20_000)).toBe(true);
    const mails = rows.filter(({ recipient }) => recipient);
    expect(mails.map(({ recipient }) => recipient)).toEqual(['a@example.org', 'b@example.org']);
    expect(JSON.parse(mails[0].body).data).toMatchObject({ total: 120 });
    expect(JSON.parse(mails[0].body).data.keys).toHaveLength(100);
  });

  it('are kept without receivers, and then sent to the first one', async () => {
    await change((await makeKey(ada, 'grace')).id, noon(5));
    await addHook(false);
    await sql(`insert into notice_recipients (addresses) values ('{}')`);
    expect(await expiryRun()).toBe(0);
    useSettings({ SMTP_URL: '', SMTP_FROM: '' });
    await sql(`update notice_recipients set addresses = '{a@example.org}'`);
    expect(await expiryRun()).toBe(0);
    await sql('update webhook set active = true');
    expect(await expiryRun()).toBe(1);
    expect(await countRows('notice_delivery', 'recipient is not null')).toBe(0);
  });
});

describe('dead secrets in use', () => {
  beforeEach(() => addHook());
  const used = (id: string, count: number, ago = '0 hours', code = 'NOT_FOUND') =>
    sql(
      `insert into key_usage as u (key_id, hour, code, version, count)
       values ($1, date_trunc('hour', now() - $3::interval, 'UTC'), $4, 1, $2)
       on conflict (key_id, hour, code, version) do update set count = u.count + excluded.count`,
      [id, count, ago, code],
    );
  /** As if the notices were from the day before. */
  const nextDay = () => sql('update dead_notice set day = day - 1');

  it('are reported with the kind of secret, its calls and the last address', async () => {
    const [live, gone, replaced] = [
      await makeKey(ada, 'grace'),
      await makeKey(ada, 'grace', { name: 'old' }),
      await makeKey(ada, 'grace'),
    ];
    await used(live.id, 9, '0 hours', 'VALID');
    await used(live.id, 9, '0 hours', 'EXPIRED');
    await used(gone.id, 3, '2 hours');
    await used(gone.id, 4);
    await used(replaced.id, 5);
    await change(gone.id, 'deleted_at = now()');
    await change(replaced.id, 'secret_version = 2');
    await sql(
      `insert into key_source values ($1, 1, '192.0.2.7', now() - interval '1 hour', 1),
         ($1, 1, '192.0.2.8', now(), 1), ($2, 2, '192.0.2.9', now(), 1)`,
      [gone.id, replaced.id],
    );
    expect(await deadRun()).toBe(2);
    expect(await dead()).toMatchObject([
      {
        ...{ id: gone.id, name: 'old', username: 'grace', secret: 'deleted', calls: 7 },
        ...{ lastAddress: '192.0.2.8', link: 'http://localhost:3000/keys/deleted' },
      },
      // The address of the live secret says nothing about the dead one.
      {
        ...{ id: replaced.id, secret: 'replaced', calls: 5, lastAddress: null },
        link: `http://localhost:3000/keys/${replaced.id}`,
      },
    ]);
  });

  it('are not attributed to the address of a secret in its overlap', async () => {
    const { id } = await makeKey(ada, 'grace');
    await used(id, 1);
    await change(id, 'secret_version = 3');
    await sql(
      `insert into former_secret (mac, key_id, pepper, version, stops_at)
       values (sha256('old'), $1, 1, 2, now() + interval '1 hour')`,
      [id],
    );
    await sql(`insert into key_source values ($1, 2, '192.0.2.9', now(), 1)`, [id]);
    expect(await deadRun()).toBe(1);
    expect(await dead()).toMatchObject([{ id, lastAddress: null }]);
  });

  it('are reported once a day, and only for new calls', async () => {
    const { id } = await makeKey(ada, 'grace');
    await used(id, 5);
    expect(await deadRun()).toBe(1);
    await used(id, 2);
    expect(await deadRun()).toBe(0);
    await nextDay();
    expect([await deadRun(), await deadRun()]).toEqual([1, 0]);
    await nextDay();
    expect(await deadRun()).toBe(0);
    await used(id, 1);
    expect(await deadRun()).toBe(1);
    expect((await dead()).map(({ calls }) => calls)).toEqual([5, 2, 1]);
  });

  it('are not reported if the last call was over a day ago', async () => {
    await used((await makeKey(ada, 'grace')).id, 5, '26 hours');
    expect(await deadRun()).toBe(0);
  });

  it('are reported once by eight parallel instances', async () => {
    for (let n = 0; n < 20; n++) await used((await makeKey(ada, 'grace')).id, n + 1);
    const runs = await Promise.all(Array.from({ length: 8 }, deadRun));
    expect(runs.reduce((sum, one) => sum + one, 0)).toBe(20);
    expect(await dead()).toHaveLength(20);
  });
});

it('sent notices are deleted in time, and not before', async () => {
  await addHook();
  const { id } = await makeKey(ada, 'grace');
  await change(id, noon(5));
  await doChores();
  await sql(`update notice_message set created_at = now() - interval '29 days'`);
  await doChores();
  expect(await countRows('notice_delivery')).toBe(1);
  await sql(`update notice_message set created_at = now() - interval '31 days'`);
  await change(id, `expires_at = now() - interval '91 days'`);
  await sql('update expiry_notice set expires_at = (select expires_at from api_key)');
  await doChores();
  for (const table of ['notice_message', 'notice_delivery', 'expiry_notice']) {
    expect(await countRows(table)).toBe(0);
  }
});
