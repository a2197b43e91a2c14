import { randomUUID } from 'node:crypto';
import * as exported from '@/app/(desk)/settings/notices/actions';
import { pagePool } from '@/db/client';
import type { FormAction } from '@/lib/forms/form-state';
import { addWebhook, deleteWebhook, renewWebhookSecret } from '@/lib/notices/change-webhook';
import { chooseTypes } from '@/lib/notices/choose-types';
import { listDeliveries, listWebhooks } from '@/lib/notices/list-webhooks';
import { mostWebhooks } from '@/lib/notices/notice-input';
import { listRecipients, setRecipients } from '@/lib/notices/recipients';
import { testMail, testWebhook } from '@/lib/notices/send-test';
import { switchWebhook } from '@/lib/notices/switch-webhook';
import { forgetProofs } from '../helpers/accounts';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { auditOf, countRows } from '../helpers/keys';
import { ada, insertPeople, otto, vera } from '../helpers/people';
import { useSettings } from '../helpers/settings';
import { redirectOf, send, signInAs, signOutNow } from '../helpers/sign-in';
import { isSigned, type Receiver, startReceiver } from './receiver';

useTestDatabase();
const actions = { ...exported };
let receiver: Receiver;
beforeEach(async () => {
  useSettings({ WEBHOOK_ALLOW_PRIVATE: '127.0.0.0/8' });
  receiver = await startReceiver();
  await emptyDatabase();
  await insertPeople();
  await signInAs(ada);
});
afterEach(() => receiver.stop());
afterAll(() => useSettings({ WEBHOOK_ALLOW_PRIVATE: '' }));

const sql = (text: string, values: unknown[] = []) => pagePool().query(text, values);

async function add(id = randomUUID(), url = receiver.url) {
  const state = await send(actions.addWebhookAction, { id, url, types: 'key.expiring' });
  return { id, url, state };
}
async function added() {
  const { id, url, state } = await add();
  if (state.status !== 'done') throw new Error(JSON.stringify(state));
  return { id, url, secret: state.data.lines[0] ?? '' };
}

const fields = {
  addWebhookAction: (id: string) => ({
    ...{ id: randomUUID(), url: `https://8.8.8.8/${id}`, types: '*' },
  }),
  chooseTypesAction: (id: string) => ({ id, types: '*' }),
  switchWebhookAction: (id: string) => ({ id, active: 'no' }),
  renewWebhookSecretAction: (id: string) => ({ id }),
  deleteWebhookAction: (id: string) => ({ id }),
  testWebhookAction: (id: string) => ({ id }),
  setRecipientsAction: () => ({ recipients: 'a@example.org' }),
  testMailAction: () => ({}),
};
type Name = keyof typeof fields;
const call = (name: Name, id: string) =>
  send(actions[name] as FormAction<unknown>, fields[name](id) as Record<string, string>);

/** Everything that could be changed or sent. */
const everything = async () => [
  (await sql('select * from webhook order by id')).rows,
  (await sql('select * from notice_recipients')).rows,
  await countRows('notice_delivery'),
  receiver.received.length,
];

describe('only an admin after a recent re-authentication', () => {
  it('every action of the page is tested here', () => {
    expect(Object.keys(actions).sort()).toEqual(Object.keys(fields).sort());
  });

  it.each(Object.keys(fields) as Name[])('may %s', async (name) => {
    const { id } = await added();
    const before = await everything();
    for (const person of [otto, vera]) {
      await signInAs(person);
      expect(await call(name, id)).toMatchObject({
        ...{ status: 'failed', message: 'This needs the role admin.' },
      });
    }
    signOutNow();
    expect(await redirectOf(call(name, id))).toContain('/login');
    await signInAs(ada);
    await forgetProofs();
    expect(await redirectOf(call(name, id))).toContain('/settings/prove');
    expect(await everything()).toEqual(before);
  });

  it('control: they work for ada', async () => {
    useSettings({ SMTP_URL: 'smtp://127.0.0.1:1', SMTP_FROM: 'keydesk@example.org' });
    for (const name of Object.keys(fields) as Name[]) {
      const { id } = await added();
      await setRecipients(ada, { recipients: ['someone@example.org'] });
      const before = await everything();
      await call(name, id);
      expect([name, await everything()]).not.toEqual([name, before]);
    }
    useSettings({ SMTP_URL: '', SMTP_FROM: '' });
  });

  it('is also required in the functions that touch data', async () => {
    const { id } = await added();
    const changes: ((who: typeof ada) => Promise<unknown>)[] = [
      (who) => addWebhook(who, { id: randomUUID(), url: receiver.url }),
      (who) => switchWebhook(who, { id, active: false }),
      (who) => chooseTypes(who, { id, types: ['*'] }),
      (who) => renewWebhookSecret(who, { id }),
      (who) => deleteWebhook(who, { id }),
      (who) => testWebhook(who, { id }),
      (who) => testMail(who),
      (who) => setRecipients(who, { recipients: [] }),
    ];
    for (const change of changes) {
      await expect(change(otto)).rejects.toThrow('role admin');
      await expect(change({ ...ada, reauthenticated: false })).rejects.toThrow('re-authentication');
    }
    for (const read of [listWebhooks, listDeliveries, listRecipients]) {
      await expect(read(otto)).rejects.toThrow('role admin');
    }
  });
});

describe('a webhook', () => {
  it('is added with a secret that is shown once and stored sealed', async () => {
    const { id, secret } = await added();
    const { rows } = await sql('select w::text as row from webhook w');
    expect(rows[0].row).not.toContain(Buffer.from(secret.slice(6), 'base64').toString('hex'));
    expect(JSON.stringify(await listWebhooks(ada))).not.toContain(secret.slice(6, 20));
    expect(await auditOf(id)).toEqual(['webhook.add']);
  });

  it('is added once, however often its form is sent, and the second answer has no secret', async () => {
    const { id, state } = await add();
    expect(state.status).toBe('done');
    const again = await add(id);
    expect(again.state).toMatchObject({ status: 'failed' });
    expect(await countRows('webhook')).toBe(1);
    expect(await auditOf(id)).toEqual(['webhook.add']);
  });

  it.each([
    ['', 'Enter an address'],
    ['ftp://example.org/', 'Enter an address'],
    ['javascript:alert(1)', 'Enter an address'],
    ['https://user:password@example.org/', 'Leave out username'],
    ['https://example.org/#part', 'Leave out what begins'],
    [`https://example.org/${'x'.repeat(2_000)}`, 'at most 2,000'],
    ['https://10.0.0.7/', 'private or special'],
    ['https://[::1]/', 'private or special'],
    ['http://8.8.8.8/', 'use https'],
    ['https://no-such-name.invalid/', 'Host name not found'],
  ])('is refused at the field: %#', async (url, message) => {
    const { state } = await add(randomUUID(), url);
    expect(state).toMatchObject({
      ...{ status: 'invalid', fieldErrors: { url: expect.stringContaining(message) } },
    });
    expect(await countRows('webhook')).toBe(0);
  });

  it('does not appear in the address of the re-authentication page', async () => {
    await forgetProofs();
    const url = 'https://hooks.example.org/canary';
    const path = await redirectOf(
      send(actions.addWebhookAction, { id: randomUUID(), url, types: '*' }),
    );
    expect(path).toContain('/settings/prove');
    expect(path).not.toContain('canary');
  });

  it('names only its server to a session without the proof, and all of it to one with it', async () => {
    const { id, url } = await add(randomUUID(), `${receiver.url}/canary?token=canary`);
    await call('testWebhookAction', id);
    const seen = async (who: typeof ada) =>
      JSON.stringify([await listWebhooks(who), await listDeliveries(who)]);
    const thief = await seen({ ...ada, reauthenticated: false });
    expect(thief).toContain(new URL(url).origin);
    expect(thief).not.toContain('canary');
    expect((await seen(ada)).split('canary?token=canary')).toHaveLength(3);
  });

  it('is one of at most twenty, even if they are added at once', async () => {
    await sql(
      `insert into webhook (id, url, sealed_secret)
       select gen_random_uuid(), 'https://example.org/', decode(repeat('00', 60), 'hex')
       from generate_series(1, $1)`,
      [mostWebhooks - 2],
    );
    const states = await Promise.all(Array.from({ length: 5 }, () => add()));
    expect(states.filter(({ state }) => state.status === 'done')).toHaveLength(2);
    expect(await countRows('webhook')).toBe(mostWebhooks);
  });

  it('is tested, and the result is shown and logged', async () => {
    const { id, secret } = await added();
    expect(await call('testWebhookAction', id)).toMatchObject({
      ...{ status: 'done', data: expect.stringMatching(/^The test arrived: 204 after \d+ ms\.$/) },
    });
    expect(receiver.received.map((one) => isSigned(one, secret))).toEqual([true]);
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({ type: 'test' });
    receiver.answerWith((response) => response.writeHead(500).end());
    expect(await call('testWebhookAction', id)).toMatchObject({
      status: 'failed',
      message: expect.stringMatching(/^The test did not arrive\. It answered 500\. \(\d+ ms\)$/),
    });
    expect((await listDeliveries(ada, id)).map(({ state }) => state)).toEqual([
      'failed',
      'delivered',
    ]);
    expect(await auditOf(id)).toEqual(['webhook.add', 'webhook.test', 'webhook.test']);
  });

  it('appears in the audit by its origin, never by its path, which may be a password', async () => {
    const { id } = await add(randomUUID(), `${receiver.url}/canary?token=canary`);
    await call('deleteWebhookAction', id);
    const { rows } = await sql('select e::text as row from audit_event e where target_id = $1', [
      id,
    ]);
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toContain('canary');
    expect(JSON.stringify(rows)).toContain(`http://127.0.0.1:${receiver.port}`);
  });

  it('is switched, renewed and deleted with an event each, and none without a change', async () => {
    const { id, secret } = await added();
    await call('switchWebhookAction', id);
    await call('switchWebhookAction', id);
    const renewed = await send(actions.renewWebhookSecretAction, { id });
    expect(renewed.status === 'done' && renewed.data.lines[0] !== secret).toBe(true);
    await call('deleteWebhookAction', id);
    expect(await call('deleteWebhookAction', id)).toMatchObject({
      ...{ status: 'done', data: 'This webhook had already been deleted.' },
    });
    expect(await auditOf(id)).toEqual([
      ...['webhook.add', 'webhook.off', 'webhook.renew-secret', 'webhook.delete'],
    ]);
    expect(await call('testWebhookAction', id)).toMatchObject({ status: 'failed' });
    expect(await call('switchWebhookAction', id)).toMatchObject({ status: 'failed' });
    expect(await call('renewWebhookSecretAction', id)).toMatchObject({ status: 'failed' });
  });
});

describe('recipients of mail', () => {
  it('are addresses, each once, and their change is audited', async () => {
    const recipients = 'a@example.org, b@example.org\nA@example.org;c@example.org';
    expect(await send(actions.setRecipientsAction, { recipients })).toMatchObject({
      status: 'done',
    });
    expect(await listRecipients(ada)).toEqual(['A@example.org', 'b@example.org', 'c@example.org']);
    const { rows } = await sql(
      `select details from audit_event where action = 'notice.recipients'`,
    );
    expect(rows[0].details.recipients).toMatchObject({ from: '' });
  });

  it.each([
    ['nobody', '"nobody" is not an email address.'],
    ['a@example.org\r\nBcc:b@example.org', '"Bcc:b@example.org" is not an email address.'],
    ['Ada <ada@example.org>', '"Ada" is not an email address.'],
    [Array.from({ length: 21 }, (_, at) => `p${at}@example.org`).join(' '), 'Use at most 20'],
  ])('are refused at the field: %#', async (recipients, message) => {
    expect(await send(actions.setRecipientsAction, { recipients })).toMatchObject({
      ...{ status: 'invalid', fieldErrors: { recipients: expect.stringContaining(message) } },
    });
    expect(await listRecipients(ada)).toEqual([]);
  });
});
