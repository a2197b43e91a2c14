import { randomUUID } from 'node:crypto';
import { sql as raw } from 'drizzle-orm';
import { database, pagePool } from '@/db/client';
import { addWebhook, renewWebhookSecret } from '@/lib/notices/change-webhook';
import { claim, deliver, lease } from '@/lib/notices/deliver';
import { deliverDue } from '@/lib/notices/delivery-worker';
import { tellOfExpiring } from '@/lib/notices/find-expiring';
import { listDeliveries } from '@/lib/notices/list-webhooks';
import { switchWebhook } from '@/lib/notices/switch-webhook';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { auditOf, makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser } from '../helpers/people';
import { startRawServer } from '../helpers/raw-server';
import { useSettings } from '../helpers/settings';
import { until } from '../helpers/waiting';
import { isSigned, type Receiver, startReceiver } from './receiver';

useTestDatabase();
let receiver: Receiver;
beforeEach(async () => {
  useSettings({ WEBHOOK_ALLOW_PRIVATE: '127.0.0.0/8' });
  receiver = await startReceiver();
  await emptyDatabase();
  await insertPeople();
  await insertUser('grace');
});
afterEach(() => receiver.stop());
afterAll(() => useSettings({ WEBHOOK_ALLOW_PRIVATE: '' }));

const sql = (text: string, values: unknown[] = []) => pagePool().query(text, values);

async function addHook(url = receiver.url): Promise<{ id: string; secret: string }> {
  const id = randomUUID();
  const result = await addWebhook(ada, { id, url });
  if (result.outcome !== 'added') throw new Error(JSON.stringify(result));
  return { id, secret: result.secret };
}

/** A key that expires in five days, and a waiting message about it. */
async function tellOfOne(): Promise<{ id: string; secret: string }> {
  const key = await makeKey(ada, 'grace', { name: 'reports' });
  await sql(`update api_key set expires_at = now() + interval '5 days' where id = $1`, [key.id]);
  await database().transaction((tx) => tellOfExpiring(tx));
  return key;
}

/** The clock of the database, moved forward. */
const later = (seconds: number) => raw`now() + make_interval(secs => ${seconds})`;
const state = async () => (await listDeliveries(ada))[0];

describe('a webhook', () => {
  it('gets the message, signed, and can verify it with only the standard', async () => {
    const { secret } = await addHook();
    const key = await tellOfOne();
    await deliverDue();
    const [got, ...more] = receiver.received;
    if (!got) throw new Error('Nothing arrived.');
    expect(more).toEqual([]);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(isSigned(got, secret)).toBe(true);
    expect(isSigned({ ...got, body: `${got.body} ` }, secret)).toBe(false);
    const age = Date.now() / 1_000 - Number(got.headers['webhook-timestamp']);
    expect(Math.abs(age)).toBeLessThan(5);
    expect(got.headers['content-type']).toBe('application/json');
    expect(JSON.parse(got.body)).toMatchObject({
      type: 'key.expiring',
      data: { total: 1, keys: [{ id: key.id, username: 'grace', name: 'reports', daysLeft: 5 }] },
    });
    expect(await state()).toMatchObject({ state: 'delivered', attempts: 1, status: 204 });
    await deliverDue(later(100_000));
    expect(receiver.received).toHaveLength(1);
  });

  it('that fails gets it again with the same id and body, at growing intervals, for a day', async () => {
    const { secret } = await addHook();
    await tellOfOne();
    receiver.answerWith((response) => response.writeHead(500).end());
    const times: number[] = [];
    for (let minute = 0; minute <= 26 * 60; minute += 5) {
      const before = receiver.received.length;
      await deliverDue(later(minute * 60));
      if (receiver.received.length > before) times.push(minute);
    }
    expect(times.length).toBeGreaterThanOrEqual(9);
    expect(times.length).toBeLessThanOrEqual(12);
    expect(times.at(-1)).toBeGreaterThan(19 * 60);
    expect(times.at(-1)).toBeLessThanOrEqual(24 * 60);
    const gaps = times.slice(1).map((time, at) => time - (times[at] ?? 0));
    expect(gaps).toEqual([...gaps].sort((one, other) => Math.min(one, 240) - Math.min(other, 240)));
    const sent = receiver.received.map(({ headers, body }) => `${headers['webhook-id']} ${body}`);
    expect(new Set(sent).size).toBe(1);
    expect(receiver.received.every((one) => isSigned(one, secret))).toBe(true);
    expect(await state()).toMatchObject({
      ...{ state: 'failed', nextAt: null, status: 500, problem: 'It answered 500.' },
      attempts: times.length,
    });
  });

  it('that recovers gets it once', async () => {
    await addHook();
    await tellOfOne();
    receiver.answerWith((response) => response.writeHead(404).end());
    await deliverDue();
    expect(await state()).toMatchObject({ state: 'waiting', attempts: 1, status: 404 });
    receiver.answerWith((response) => response.writeHead(200).end());
    await deliverDue();
    expect(receiver.received).toHaveLength(1);
    await deliverDue(later(60));
    await deliverDue(later(100_000));
    expect(receiver.received).toHaveLength(2);
    expect(await state()).toMatchObject({ state: 'delivered', attempts: 2, problem: null });
  });

  it.each([429, 503])('that answers %i is left alone for as long as it asks', async (status) => {
    await addHook();
    await tellOfOne();
    receiver.answerWith((response) => response.writeHead(status, { 'Retry-After': '600' }).end());
    await deliverDue();
    await deliverDue(later(590));
    expect(receiver.received).toHaveLength(1);
    await deliverDue(later(730));
    expect(receiver.received).toHaveLength(2);
  });

  it('that switches protocols delays nothing, and it and later messages are retried', async () => {
    let says = 'HTTP/1.1 101 x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
    const raw = await startRawServer((socket) => socket.write(says));
    await addHook(`http://127.0.0.1:${raw.port}/`);
    for (let n = 0; n < 6; n++) await tellOfOne();
    await deliverDue();
    const problems = (await listDeliveries(ada)).map(({ problem }) => problem);
    expect(problems).toEqual(Array(6).fill('It answered 101.'));
    says = 'HTTP/1.1 204 x\r\n\r\n';
    await deliverDue(later(60));
    const states = (await listDeliveries(ada)).map(({ state: now }) => now);
    expect(states).toEqual(Array(6).fill('delivered'));
    raw.stop();
  });

  it('that answers 410 is switched off, audited, and gets nothing more', async () => {
    const { id } = await addHook();
    await tellOfOne();
    receiver.answerWith((response) => response.writeHead(410).end());
    await deliverDue();
    await deliverDue(later(100_000));
    expect(receiver.received).toHaveLength(1);
    expect((await sql('select active, refused from webhook')).rows).toEqual([
      { active: false, refused: true },
    ]);
    expect(await auditOf(id)).toEqual(['webhook.add', 'webhook.off']);
    expect(await state()).toMatchObject({ state: 'failed', status: 410 });
    await switchWebhook(ada, { id, active: true });
    expect((await sql('select active, refused from webhook')).rows).toEqual([
      { active: true, refused: false },
    ]);
  });

  it('with a new secret gets both signatures for a day, then the new one', async () => {
    const { id, secret } = await addHook();
    const renewed = await renewWebhookSecret(ada, { id });
    if (renewed.outcome !== 'renewed') throw new Error(renewed.outcome);
    await tellOfOne();
    await deliverDue();
    expect(receiver.received.map((one) => isSigned(one, secret))).toEqual([true]);
    expect(receiver.received.map((one) => isSigned(one, renewed.secret))).toEqual([true]);
    await sql(`update webhook set former_until = now()`);
    await sql(`update notice_delivery set state = 'waiting', next_at = now()`);
    await deliverDue();
    expect(receiver.received.map((one) => isSigned(one, secret))).toEqual([true, false]);
    expect(receiver.received.map((one) => isSigned(one, renewed.secret))).toEqual([true, true]);
  });

  it('that is switched off gets nothing that waited for it', async () => {
    const { id } = await addHook();
    await tellOfOne();
    await switchWebhook(ada, { id, active: false });
    await deliverDue(later(100_000));
    expect(receiver.received).toEqual([]);
    expect(await state()).toMatchObject({
      state: 'failed',
      problem: 'The webhook was switched off.',
    });
  });

  it('is checked at each delivery, and refused if its address is no longer allowed', async () => {
    await addHook();
    await tellOfOne();
    useSettings({ WEBHOOK_ALLOW_PRIVATE: '10.0.0.0/8' });
    await deliverDue();
    expect(receiver.received).toEqual([]);
    expect((await state())?.problem).toContain('127.0.0.1 is private');
    // The control: the same message to the same address, now allowed.
    useSettings({ WEBHOOK_ALLOW_PRIVATE: '127.0.0.0/8' });
    await deliverDue(later(60));
    expect(receiver.received).toHaveLength(1);
  });

  it('whose secret was sealed under another AUTH_SECRET gets nothing unsigned, with a message', async () => {
    await addHook();
    await tellOfOne();
    useSettings({ AUTH_SECRET: 'another secret that only tests know, 987' });
    await deliverDue();
    expect(receiver.received).toEqual([]);
    expect((await state())?.problem).toContain('make a new signing secret');
  });
});

describe('several instances', () => {
  it('share due deliveries, and send each once', async () => {
    const { id } = await addHook();
    for (let n = 0; n < 30; n++) await tellOfOne();
    const take = async () => {
      for (let some = await claim(id, 3); some.length > 0; some = await claim(id, 3)) {
        await Promise.all(some.map((one) => deliver(one)));
      }
    };
    await Promise.all(Array.from({ length: 6 }, take));
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect([ids.length, new Set(ids).size]).toEqual([30, 30]);
  });

  it('repeat, with the same id, a delivery of an instance that died', async () => {
    const { id } = await addHook();
    await tellOfOne();
    const [dying] = await claim(id, 1);
    if (!dying) throw new Error('Nothing was due.');
    await deliverDue(later(lease - 1));
    expect(receiver.received).toEqual([]);
    await deliverDue(later(lease + 1));
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([
      dying.messageId,
    ]);
    expect(await state()).toMatchObject({ state: 'delivered', attempts: 2 });
    // The first process did not die after all. Its late outcome changes nothing.
    receiver.answerWith((response) => response.writeHead(500).end());
    await deliver(dying);
    expect(await state()).toMatchObject({ state: 'delivered', attempts: 2, status: 204 });
  });

  it('that drain claim nothing more', async () => {
    await addHook();
    await tellOfOne();
    const here = globalThis as typeof globalThis & { keydeskDraining?: boolean };
    here.keydeskDraining = true;
    await deliverDue();
    delete here.keydeskDraining;
    expect(receiver.received).toEqual([]);
    await deliverDue();
    expect(receiver.received).toHaveLength(1);
  });

  it('are not delayed by a webhook that does not answer', async () => {
    const slow = await startReceiver();
    slow.answerWith(() => undefined);
    await addHook(slow.url);
    await addHook();
    for (let n = 0; n < 6; n++) await tellOfOne();
    const round = deliverDue();
    await until(() => receiver.received.length >= 6);
    expect(receiver.received).toHaveLength(6);
    expect(slow.received.length).toBeLessThanOrEqual(4);
    slow.stop();
    await round;
  });
});

it('no secret, MAC or metadata is stored or sent, and no signing secret is in clear', async () => {
  const { secret } = await addHook();
  const key = await makeKey(ada, 'grace', { metadata: { plan: 'canary-plan' } });
  await sql(`update api_key set expires_at = now() + interval '5 days', secret_version = 2`);
  await sql(
    `insert into former_secret (mac, key_id, pepper, version) values (sha256('former'), $1, 1, 1)`,
    [key.id],
  );
  await sql(
    `insert into key_usage (key_id, hour, code, version, count) values ($1, date_trunc('hour', now()), 'NOT_FOUND', 1, 3)`,
    [key.id],
  );
  const { doChores } = await import('@/lib/server/housekeeping');
  await doChores();
  await deliverDue();
  expect(receiver.received).toHaveLength(2);
  const sent = receiver.received.map(({ headers, body }) => JSON.stringify(headers) + body).join();
  const tables = [
    ...['notice_message', 'notice_delivery', 'expiry_notice', 'dead_notice', 'webhook'],
    `(select * from audit_event where action like 'webhook.%')`,
  ];
  const { rows } = await sql(
    tables.map((table) => `select t::text as row from ${table} t`).join(' union all '),
  );
  const kept = rows.map(({ row }) => row).join('\n');
  const macs = await sql(
    `select encode(secret_mac, 'hex') as mac, encode(secret_mac, 'base64') as text from api_key
     union all select encode(mac, 'hex'), encode(mac, 'base64') from former_secret`,
  );
  const forbidden = [
    ...[key.secret, key.secret.slice(8, -6), 'canary-plan', secret, secret.slice(6, 30)],
    ...[Buffer.from(secret.slice(6), 'base64').toString('hex')],
    ...macs.rows.flatMap(({ mac, text }) => [mac, text.slice(0, 30)]),
  ];
  expect(forbidden.filter((trace) => sent.includes(trace) || kept.includes(trace))).toEqual([]);
  // The control: the message is about this key.
  expect(sent.split(key.id).length).toBeGreaterThan(2);
  expect(kept).toContain(key.id);
});
