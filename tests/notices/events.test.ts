import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { pagePool } from '@/db/client';
import { auditActionNames } from '@/lib/audit/audit-actions';
import { startBulkInput } from '@/lib/keys/bulk/bulk-input';
import { startBulkChange } from '@/lib/keys/bulk/start-bulk-change';
import { stepBulkChange } from '@/lib/keys/bulk/step-bulk-change';
import { deleteKey, switchKey } from '@/lib/keys/change-key';
import { addWebhook } from '@/lib/notices/change-webhook';
import { chooseTypes } from '@/lib/notices/choose-types';
import { chosenTypeNames, typeGroups } from '@/lib/notices/chosen-types';
import { deliverDue } from '@/lib/notices/delivery-worker';
import { listDeliveries, listWebhooks } from '@/lib/notices/list-webhooks';
import { queueEvents } from '@/lib/notices/queue-events';
import { testWebhook } from '@/lib/notices/send-test';
import { switchWebhook } from '@/lib/notices/switch-webhook';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { countRows, makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto } from '../helpers/people';
import { useSettings } from '../helpers/settings';
import { times } from '../helpers/times';
import { isSigned, type Received, type Receiver, startReceiver } from './receiver';

useTestDatabase();
const most = times(1_000, 300);
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

async function addHook(types?: string[], path = '/hook') {
  const id = randomUUID();
  const url = new URL(path, receiver.url).href;
  const result = await addWebhook(ada, { id, url, ...(types && { types }) });
  if (result.outcome !== 'added') throw new Error(JSON.stringify(result));
  return { id, path, secret: result.secret };
}

type Event = { type: string; data: { seq: number; target: { id: string } } };
const read = ({ body }: Received) => JSON.parse(body) as Event;
const receivedAt = (path: string) => receiver.received.filter((one) => one.path === path);
const typesAt = (path: string) => receivedAt(path).map((one) => read(one).type);

it('an event says who did what to what, signed so that the reference library verifies it', async () => {
  const { secret } = await addHook(['key.delete']);
  const key = await makeKey(otto, 'grace');
  await deleteKey(otto, key.id);
  await deliverDue();
  const [got, ...more] = receiver.received;
  if (!got) throw new Error('Nothing arrived.');
  expect(more).toEqual([]);
  const event = new Webhook(secret).verify(got.body, got.headers as Record<string, string>);
  const { rows } = await sql(`select seq::int, at from audit_event where action = 'key.delete'`);
  expect(event).toEqual({
    type: 'key.delete',
    timestamp: rows[0].at.toISOString(),
    data: {
      seq: rows[0].seq,
      actor: { id: otto.id, name: 'otto', address: otto.address },
      target: { type: 'key', id: key.id, name: expect.stringContaining('grace') },
      outcome: 'done',
      details: {},
    },
  });
  expect(() =>
    new Webhook(secret).verify(`${got.body} `, got.headers as Record<string, string>),
  ).toThrow();
});

it(`${most} events of a bulk change arrive, each once, with several instances at work`, async () => {
  await sql(`
    insert into api_key (id, owner_id, active, secret_mac, secret_pepper, secret_prefix,
      secret_first, secret_last, request_id)
    select gen_random_uuid(), u.id, true, sha256(n::text::bytea), 1, 'kd', 'AAAA', 'ZZZZ',
      gen_random_uuid()
    from generate_series(1, ${most}) n, directory_user u where u.username = 'grace'`);
  const { id, secret } = await addHook(['key.deactivate', 'key.expiring'], '/off');
  await addHook(['key.delete'], '/none');
  const begun = await startBulkChange(
    otto,
    startBulkInput.parse({ verb: 'deactivate', all: 'yes', username: 'grace' }),
  );
  if (begun.outcome !== 'started') throw new Error(begun.outcome);
  for (let step = 0; step < 3; step++) await stepBulkChange(otto, begun.id);
  const rounds = Array.from({ length: 4 }, async () => {
    while ((await queueEvents(70)) > 0);
  });
  await Promise.all(rounds);
  await deliverDue();
  const off = receivedAt('/off');
  const events = off.map(read);
  expect(off).toHaveLength(most);
  expect(new Set(off.map(({ headers }) => headers['webhook-id'])).size).toBe(most);
  expect(new Set(events.map(({ data }) => data.target.id)).size).toBe(most);
  expect(off.every((one) => isSigned(one, secret))).toBe(true);
  const { rows } = await sql(
    `select array_agg(seq::int order by seq) as seqs from audit_event where action = 'key.deactivate'`,
  );
  expect(events.map(({ data }) => data.seq).sort((one, other) => one - other)).toEqual(
    rows[0].seqs,
  );
  expect(receivedAt('/none')).toEqual([]);
  // The control: what is not chosen was read and passed over.
  await deleteKey(otto, events[0]?.data.target.id ?? '');
  await deliverDue();
  expect([typesAt('/none'), receivedAt('/off').length]).toEqual([['key.delete'], most]);
  expect((await listDeliveries(ada, id)).every(({ state }) => state === 'delivered')).toBe(true);
}, 120_000);

it('what fails on the way is queued once afterwards, because the position moves with the messages', async () => {
  await addHook(['key.create']);
  await makeKey(otto, 'grace');
  await sql(`
    create function refuse_delivery() returns trigger language plpgsql
      as $$ begin raise exception 'full'; end $$;
    create trigger refuse before insert on notice_delivery execute function refuse_delivery()`);
  await expect(queueEvents()).rejects.toThrow();
  expect(await countRows('notice_message')).toBe(0);
  await sql('drop function refuse_delivery cascade');
  await queueEvents();
  expect(await queueEvents()).toBe(0);
  await deliverDue();
  expect(typesAt('/hook')).toEqual(['key.create']);
});

it('a webhook that failed gets an event again with the same id', async () => {
  await addHook(['key.create']);
  await makeKey(otto, 'grace');
  receiver.answerWith((response) => response.writeHead(500).end());
  await deliverDue();
  receiver.answerWith((response) => response.writeHead(204).end());
  await sql('update notice_delivery set next_at = now()');
  await deliverDue();
  const sent = receiver.received.map(({ headers, body }) => `${headers['webhook-id']} ${body}`);
  expect([sent.length, new Set(sent).size]).toEqual([2, 1]);
});

describe('a webhook receives events', () => {
  it('from its beginning on, and none while it is off', async () => {
    const before = await makeKey(otto, 'grace');
    const { id } = await addHook(['key.activate', 'key.deactivate', 'webhook.add']);
    await switchKey(otto, { id: before.id, active: false });
    await deliverDue();
    expect(typesAt('/hook').sort()).toEqual(['key.deactivate', 'webhook.add']);
    await switchWebhook(ada, { id, active: false });
    await switchKey(otto, { id: before.id, active: true });
    await deliverDue();
    await switchWebhook(ada, { id, active: true });
    await deliverDue();
    expect(typesAt('/hook')).toHaveLength(2);
    await switchKey(otto, { id: before.id, active: false });
    await deliverDue();
    expect(typesAt('/hook').slice(2)).toEqual(['key.deactivate']);
  });

  it('once it has chosen some, and none when it has chosen none', async () => {
    const { id } = await addHook();
    await makeKey(otto, 'grace');
    await deliverDue();
    expect(receiver.received).toEqual([]);
    expect(await chooseTypes(ada, { id, types: ['key.create'] })).toEqual({ outcome: 'chosen' });
    expect(await chooseTypes(ada, { id, types: ['key.create'] })).toEqual({ outcome: 'unchanged' });
    await makeKey(otto, 'grace');
    await deliverDue();
    expect(typesAt('/hook')).toEqual(['key.create']);
    expect((await listWebhooks(ada, id))[0]?.types).toEqual(['key.create']);
    const { rows } = await sql(`select details from audit_event where action = 'webhook.update'`);
    expect(rows).toEqual([
      {
        details: {
          types: {
            from: 'account.failed_sign_ins key.dead_in_use key.expiring key.leaked key.uncollected policy.idle_keys_held',
            to: 'key.create',
          },
        },
      },
    ]);
  });

  it('and a test causes one more event, not a loop', async () => {
    const { id } = await addHook(['*']);
    await testWebhook(ada, { id });
    for (let round = 0; round < 4; round++) await deliverDue();
    expect(typesAt('/hook').sort()).toEqual(['test', 'webhook.add', 'webhook.test']);
  });
});

it('a webhook of an older release receives its notices and no events', async () => {
  await sql(
    `insert into webhook (id, url, sealed_secret)
     values (gen_random_uuid(), $1, decode(repeat('00', 60), 'hex'))`,
    [receiver.url],
  );
  await makeKey(otto, 'grace');
  await deliverDue();
  expect(await countRows('notice_message')).toBe(0);
  const [hook] = await listWebhooks(ada);
  expect(hook?.types).toEqual([
    'key.expiring',
    'key.dead_in_use',
    'key.leaked',
    'account.failed_sign_ins',
  ]);
});

it('every notice and every audited action is in one group of the screen', () => {
  const shown = typeGroups.flatMap(({ types }) => types);
  expect([...shown].sort()).toEqual([...chosenTypeNames].sort());
  expect(shown).toEqual(expect.arrayContaining([...auditActionNames]));
  expect(new Set(shown).size).toBe(shown.length);
});
