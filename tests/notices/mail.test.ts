import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { sql as raw } from 'drizzle-orm';
import { database, pagePool } from '@/db/client';
import { deliverDue } from '@/lib/notices/delivery-worker';
import { tellOfDead } from '@/lib/notices/find-dead';
import { tellOfExpiring } from '@/lib/notices/find-expiring';
import { listDeliveries } from '@/lib/notices/list-webhooks';
import { sendMail } from '@/lib/notices/mail';
import { letter } from '@/lib/notices/mail-text';
import { setRecipients } from '@/lib/notices/recipients';
import { testMail } from '@/lib/notices/send-test';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser } from '../helpers/people';
import { useSettings } from '../helpers/settings';
import { header, mails, startServer, stopServers, textOf } from './mail-server';

useTestDatabase();

const useMail = (url: string) =>
  useSettings({ SMTP_URL: url, SMTP_FROM: 'Keydesk <desk@example.org>' });
const sql = (text: string, values: unknown[] = []) => pagePool().query(text, values);

beforeEach(async () => {
  useMail(`smtp://127.0.0.1:${await startServer()}`);
  await emptyDatabase();
  await insertPeople();
  await insertUser('grace');
});
afterEach(stopServers);
afterAll(() => useSettings({ SMTP_URL: '', SMTP_FROM: '' }));

async function expiringKey(days: number, name = '') {
  const key = await makeKey(ada, 'grace');
  await sql(
    `update api_key set name = $2, expires_at = date_trunc('day', now(), 'UTC') + $3 * interval '1 day'
       + interval '23 hours 59 minutes' where id = $1`,
    [key.id, name, days],
  );
  return key;
}
const tell = () => database().transaction((tx) => tellOfExpiring(tx));
describe('a mail', () => {
  it('is one for all keys of a day, to each recipient, in plain text', async () => {
    await setRecipients(ada, { recipients: ['one@example.org', 'two@example.org'] });
    const keys = [await expiringKey(1, 'reports'), await expiringKey(0), await expiringKey(7)];
    await tell();
    await deliverDue();
    expect(mails.map(({ to }) => to).sort()).toEqual([['one@example.org'], ['two@example.org']]);
    const [mail] = mails;
    expect(mail?.from).toBe('desk@example.org');
    expect(header(mail, 'From')).toBe('Keydesk <desk@example.org>');
    expect(header(mail, 'Subject')).toBe('Keydesk: 3 API keys expire soon');
    expect(header(mail, 'Auto-Submitted')).toBe('auto-generated');
    expect(header(mail, 'Content-Type')).toMatch(/^text\/plain/);
    const text = textOf(mail);
    for (const { id, secret } of keys) {
      expect(text).toContain(`http://localhost:3000/keys/${id}`);
      expect(mail?.raw).not.toContain(secret.slice(7, -10));
    }
    expect(text).toContain('grace · reports · kd_');
    expect(text).toMatch(/expires today[\s\S]*expires tomorrow[\s\S]*expires in 7 days/);
  });

  it('reports dead keys, with the kind of secret, the calls and the address', async () => {
    await setRecipients(ada, { recipients: ['one@example.org'] });
    const { id } = await makeKey(ada, 'grace');
    await sql('update api_key set deleted_at = now()');
    await sql(
      `insert into key_usage (key_id, hour, code, version, count)
       values ($1, date_trunc('hour', now()), 'NOT_FOUND', 1, 1234)`,
      [id],
    );
    await sql(`insert into key_source values ($1, 1, '192.0.2.7', now(), 1)`, [id]);
    await database().transaction((tx) => tellOfDead(tx));
    await deliverDue();
    expect(header(mails[0], 'Subject')).toBe('Keydesk: 1 deleted or replaced API key still in use');
    expect(textOf(mails[0])).toMatch(
      /deleted key: 1,234 calls in the hour from .{16} UTC, the latest from 192\.0\.2\.7/,
    );
  });

  it('gets no further header or line from any name', async () => {
    await setRecipients(ada, { recipients: ['one@example.org'] });
    await expiringKey(
      1,
      'a\r\nBcc: evil@example.org\r\n\r\n<b>canary</b>\u2028\u202e\u0000x'.replace('\0', ''),
    );
    await tell();
    await deliverDue();
    expect(mails[0]?.to).toEqual(['one@example.org']);
    expect(header(mails[0], 'Bcc')).toBeUndefined();
    expect(textOf(mails[0])).toContain('a Bcc: evil@example.org <b>canary</b> x · kd_');
    expect(header(mails[0], 'Content-Type')).toMatch(/^text\/plain/);
  });

  it('that one recipient cannot get is sent to the others, and retried for that one', async () => {
    await setRecipients(ada, { recipients: ['unknown@example.org', 'two@example.org'] });
    await expiringKey(1);
    await tell();
    await deliverDue();
    await deliverDue(raw`now() + interval '60 seconds'`);
    expect(mails.map(({ to }) => to)).toEqual([['two@example.org']]);
    const log = await listDeliveries(ada);
    expect(log.find(({ to }) => to === 'unknown@example.org')).toMatchObject({
      ...{ state: 'waiting', attempts: 2, status: 550 },
      problem: 'The mail server refused the mail (550).',
    });
    expect(JSON.stringify(log)).not.toContain('canary');
    await setRecipients(ada, { recipients: ['two@example.org'] });
    expect((await listDeliveries(ada)).map(({ state }) => state).sort()).toEqual([
      'delivered',
      'failed',
    ]);
  });

  it('has the same id at each attempt, so that it is shown once', async () => {
    await setRecipients(ada, { recipients: ['one@example.org'] });
    await expiringKey(1);
    await tell();
    await deliverDue();
    await sql(`update notice_delivery set state = 'waiting', next_at = now()`);
    await deliverDue();
    const names = mails.map((mail) => header(mail, 'Message-ID'));
    expect(names).toHaveLength(2);
    expect(new Set(names).size).toBe(1);
  });
});

describe('the password of the mail server', () => {
  it('is never sent in the clear', async () => {
    await setRecipients(ada, { recipients: ['one@example.org'] });
    useMail(`smtp://desk:right@127.0.0.1:${await startServer()}`);
    expect(await testMail(ada)).toMatchObject([{ problem: expect.stringContaining('TLS') }]);
    expect(mails).toEqual([]);
  });

  it('is not sent to a server with an untrusted certificate', async () => {
    await setRecipients(ada, { recipients: ['one@example.org'] });
    const quiet = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const port = await startServer({ secure: true });
    quiet.mockRestore();
    useMail(`smtps://desk:right@127.0.0.1:${port}`);
    const [tested] = await testMail(ada);
    expect(tested?.problem).toContain('certificate');
    expect(mails).toEqual([]);
  });
});

test('a server that keeps sending a little is given up', async () => {
  const drip = createServer((socket) => {
    socket.write('220 ready\r\n');
    const timer = setInterval(() => socket.write('250-wait\r\n'), 20);
    socket.on('close', () => clearInterval(timer)).on('error', () => undefined);
    open.push(socket);
  });
  const open: Socket[] = [];
  drip.listen(0, '127.0.0.1');
  await once(drip, 'listening');
  useMail(`smtp://127.0.0.1:${(drip.address() as AddressInfo).port}`);
  const message = { type: 'test', timestamp: '', data: { text: '' } } as const;
  expect(
    await sendMail('one', letter(message, 'http://localhost'), 'one@example.org', 300),
  ).toEqual({
    ...{ status: null, problem: 'The mail server did not answer in time.' },
  });
  for (const socket of open) socket.destroy();
  drip.close();
});

describe('a test mail', () => {
  it('is sent at once, with its result, and not retried', async () => {
    await setRecipients(ada, { recipients: ['one@example.org', 'unknown@example.org'] });
    expect(await testMail(ada)).toEqual([
      { recipient: 'one@example.org', problem: null },
      { recipient: 'unknown@example.org', problem: 'The mail server refused the mail (550).' },
    ]);
    expect(textOf(mails[0])).toContain('ada sent this from http://localhost:3000');
    await deliverDue(raw`now() + interval '1 day'`);
    expect(mails).toHaveLength(1);
  });

  it('reports a server that does not listen', async () => {
    await setRecipients(ada, { recipients: ['one@example.org'] });
    useMail('smtp://127.0.0.1:1');
    expect(await testMail(ada)).toMatchObject([
      { problem: 'The connection was refused: nothing is listening there.' },
    ]);
  });
});
