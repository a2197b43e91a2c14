import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { regenerateKeyAction } from '@/app/(desk)/keys/actions';
import { createKeyAction } from '@/app/(desk)/keys/new/actions';
import { pagePool } from '@/db/client';
import { deliverDue } from '@/lib/notices/delivery-worker';
import { closeVerification } from '@/lib/verify/verification';
import { makeService } from '../helpers/api';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { auditOf, countRows, keyRequest, makeKey } from '../helpers/keys';
import { insertPeople, insertUser, otto } from '../helpers/people';
import { useSettings } from '../helpers/settings';
import { send, signInAs } from '../helpers/sign-in';
import { until } from '../helpers/waiting';
import { setRule } from '../my-keys/helpers';
import { header, mails, startServer, stopServers, textOf } from '../notices/mail-server';
import { providerSettings } from '../oidc/start-provider';
import { collect, linkOf } from './helpers';

useTestDatabase();
const useMail = (port: number) =>
  useSettings({ SMTP_URL: `smtp://127.0.0.1:${port}`, SMTP_FROM: 'Keydesk <desk@example.org>' });
/** A port on which nothing listens. */
const away = 9;
beforeEach(async () => {
  useMail(await startServer());
  await emptyDatabase();
  await insertPeople();
  const grace = await insertUser('grace', {
    ...{ displayName: 'Grace Hopper', email: 'grace@example.org' },
  });
  await insertUser('billing', { kind: 'service', responsibleId: grace });
  await insertUser('heidi');
  await signInAs(otto);
});
afterEach(stopServers);
afterAll(() => useSettings({ SMTP_URL: '', SMTP_FROM: '' }));
afterAll(() => closeVerification());

const fields = (user: string, more: Record<string, string> = {}) => ({
  ...{ requestId: keyRequest(user).requestId, user, name: 'reports', active: 'yes' },
  ...{ delivery: 'link', linkTerm: '24h', linkMail: 'yes', expires: '', scopes: '' },
  ...{ allowedAddresses: '', rateLimit: '', rateWindow: '60', metadata: '', ...more },
});
const save = (user: string, more: Record<string, string> = {}) =>
  send(createKeyAction, fields(user, more));
const linkIn = (text: string) => /http:\/\/localhost:3000\/collect\/\S+/.exec(text)?.[0] ?? '';

async function dump(): Promise<string> {
  const { rows } = await pagePool().query(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`,
  );
  const texts = await Promise.all(
    rows.map(({ name }) => pagePool().query(`select t::text as row from ${name} t`)),
  );
  return texts.flatMap((one) => one.rows.map(({ row }) => row)).join('\n');
}

describe('a link that is mailed', () => {
  it.each(['grace', 'billing'])('of a key of %s is in the mail, and nowhere else', async (user) => {
    const state = await save(user, { linkProof: 'code' });
    const [mail, ...others] = mails;
    expect([mail?.to, header(mail, 'Subject'), others]).toEqual([
      ...[['grace@example.org'], 'Keydesk: An API key waits for you', []],
    ]);
    const text = textOf(mail);
    const link = linkIn(text);
    expect(link).toMatch(/#[\w-]{43}$/);
    expect(text).toContain(`${user} · reports`);
    const told = JSON.stringify(state);
    expect(told).toContain('The link was mailed to Grace Hopper (grace@example.org).');
    const [, code = ''] = /"digits":"(\d{6})"/.exec(told) ?? [];
    expect([code.length, text.includes(code)]).toEqual([6, false]);
    const [, fragment = ''] = link.split('#');
    await deliverDue();
    for (const place of [told, await dump()]) expect(place).not.toContain(fragment);
    // The control: what stands in the mail is the half that opens it.
    expect(await collect(linkOf({ link, code }))).toMatchObject({ outcome: 'collected' });
  });

  it('for its user alone says who must sign in, and is refused where they cannot', async () => {
    const form = { linkProof: 'sign-on' };
    expect(await save('billing', form)).toMatchObject({
      status: 'invalid',
      fieldErrors: { linkProof: expect.stringContaining('no single sign-on is set up') },
      values: { delivery: 'link', linkProof: 'sign-on' },
    });
    useSettings(providerSettings('https://id.example.org/'));
    await setRule('switch-off');
    const told = JSON.stringify(await save('billing', form));
    expect(told).toContain('Only grace, signed in at Example ID, gets the secret.');
    const text = textOf(mails[0]);
    expect(text).toContain('once, to grace, after signing in at Example ID.');
    expect(await collect(linkOf({ link: linkIn(text), code: null }))).toEqual({
      outcome: 'sign-in-needed',
    });
    useSettings(Object.fromEntries(Object.keys(providerSettings('')).map((name) => [name, ''])));
  });

  it('is written down with the address', async () => {
    await save('grace');
    const { rows } = await pagePool().query(
      `select details from audit_event where action = 'key.hand-over'`,
    );
    expect(rows).toEqual([{ details: expect.objectContaining({ mailTo: 'grace@example.org' }) }]);
  });

  it('is shown where the mail server is away, and the key waits all the same', async () => {
    useMail(away);
    const state = await save('grace');
    const told = JSON.stringify(state);
    expect(told).toContain('could not be mailed to Grace Hopper (grace@example.org): The conn');
    expect(state).toMatchObject({ data: { link: { isBad: true } } });
    expect(
      await collect(linkOf({ link: linkIn(told.replaceAll('"', ' ')), code: null })),
    ).toMatchObject({ outcome: 'collected' });
  });

  it('is shown where the mail server refuses the address', async () => {
    await pagePool().query(
      `update directory_user set email = 'unknown@example.org' where username = 'grace'`,
    );
    const told = JSON.stringify(await save('grace'));
    expect(told).toContain('The mail server refused the mail (550).');
    expect([linkIn(told) !== '', told.includes('canary')]).toEqual([true, false]);
  });

  it('is of no avail without an address, and nothing is made', async () => {
    const refused = await save('heidi');
    expect(refused).toMatchObject({
      status: 'invalid',
      fieldErrors: { linkMail: expect.stringContaining('There is no email address') },
      values: { delivery: 'link', linkMail: 'yes' },
    });
    const { id } = await makeKey(otto, 'heidi');
    const renewal = { id, version: '1', stops: 'now', delivery: 'link', linkMail: 'yes' };
    expect(await send(regenerateKeyAction, renewal)).toMatchObject({
      ...{ status: 'invalid', fieldErrors: { linkMail: expect.any(String) } },
    });
    expect([await countRows('api_key'), await countRows('hand_over')]).toEqual([1, 0]);
  });

  it('brings a new secret of an old key', async () => {
    const { id } = await makeKey(otto, 'grace');
    const renewal = { id, version: '1', stops: 'now', delivery: 'link', linkMail: 'yes' };
    await send(regenerateKeyAction, renewal);
    const link = linkIn(textOf(mails[0]));
    expect(await collect(linkOf({ link, code: null }))).toMatchObject({ outcome: 'collected' });
    expect(await auditOf(id)).toEqual(['key.create', 'key.hand-over', 'key.collect']);
  });

  it('is sent once, however often the form is', async () => {
    const twice = fields('grace');
    await Promise.all([send(createKeyAction, twice), send(createKeyAction, twice)]);
    expect(mails).toHaveLength(1);
  });

  it('takes no header and no second link from a name', async () => {
    await pagePool().query(
      `update directory_user set username = $1, display_name = $1 where username = 'grace'`,
      [`gräce ${'x'.repeat(40)}`],
    );
    const name = 'reports Bcc: evil@example.org https://evil.example/collect';
    await save(`gräce ${'x'.repeat(40)}`, { name });
    const [mail] = mails;
    expect(mail?.to).toEqual(['grace@example.org']);
    expect(mail?.raw.split('\r\n\r\n')[0]).not.toMatch(/evil|gr.*ce x/);
    // Nor another link beside the one that is to be opened.
    expect(textOf(mail)).not.toContain('evil');
  });
});

describe('by the management API', () => {
  const ask = { user: 'grace', handOver: { mail: true } };
  const first = { 'idempotency-key': 'one' };

  it('the link is left out once it was mailed, also of a repeated answer', async () => {
    const service = await makeService(['keydesk:keys.write']);
    const sent = { body: ask, headers: first };
    const made = await service.call('POST', '/keys', sent);
    expect(made.body).toMatchObject({ secret: null, handOver: { link: null, mailed: true } });
    expect(made.text).not.toContain('grace@');
    const again = await service.call('POST', '/keys', sent);
    expect([again.text, mails.length]).toEqual([made.text, 1]);
    expect(linkIn(textOf(mails[0]))).toMatch(/#/);
  });

  it('the link is answered where the mail server is away; without an address there is no key', async () => {
    const service = await makeService(['keydesk:keys.write']);
    useMail(away);
    const made = await service.call('POST', '/keys', { body: ask, headers: first });
    expect(made.body.handOver).toMatchObject({ mailed: false, link: expect.stringMatching(/#/) });
    const other = { body: { ...ask, user: 'heidi' }, headers: { 'idempotency-key': 'two' } };
    expect(await service.call('POST', '/keys', other)).toMatchObject({
      ...{ status: 422, body: { errors: [{ pointer: '/handOver/mail' }] } },
    });
  });

  it('a mail server that never answers keeps no other request waiting', async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    useMail((silent.address() as AddressInfo).port);
    const service = await makeService(['keydesk:keys.write', 'keydesk:keys.read']);
    const many = Array.from({ length: 8 }, (_, at) =>
      service.call('POST', '/keys', { body: ask, headers: { 'idempotency-key': `${at}` } }),
    );
    await until(() => sockets.length === many.length);
    expect((await service.call('GET', '/keys')).status).toBe(200);
    for (const socket of sockets) socket.end('421 busy\r\n');
    const answers = await Promise.all(many);
    expect(answers.map(({ body }) => body.handOver.mailed)).toEqual(many.map(() => false));
    silent.close();
  });
});
