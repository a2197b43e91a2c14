import { randomUUID } from 'node:crypto';
import { collect } from '../hand-over/helpers';
import { auditOf, countRows, makeKey } from '../helpers/keys';
import { otto } from '../helpers/people';
import { setRule } from '../my-keys/helpers';
import { mails, startServer, stopServers, textOf } from '../notices/mail-server';
import { providerSettings } from '../oidc/start-provider';
import { expectRefusal, keys, keysWith, own, sql, useDesk } from './keys-command';

jest.setTimeout(60_000);
useDesk();

it('lists what is asked for', async () => {
  for (const name of ['one', 'two', 'three']) await makeKey(otto, 'grace', { name });
  const others = await makeKey(otto, 'otto', { name: 'one', active: false });
  const names = async (...args: string[]) => {
    const { items, more } = (await keys('list', '--json', ...args)).json();
    return [items.map(({ name }) => name), more];
  };
  expect(await names('--user', 'grace')).toEqual([['three', 'two', 'one'], false]);
  expect(await names('--user', 'grace', '--limit', '2')).toEqual([['three', 'two'], true]);
  expect(await names('--search', 'one', '--status', 'inactive')).toEqual([['one'], false]);
  expect((await keys('list', '--user', 'gra')).code).toBe(1);
  expect((await keys('list', '--search', others.id, '--json')).json().items).toHaveLength(1);
});

describe('a hand-over', () => {
  it('with --json is that of the management API, and the old secret stays until it is collected', async () => {
    const { id } = await makeKey(otto, 'grace');
    const { json } = await keysWith(own, 'regenerate', id, '--hand-over', '--json');
    expect(json()).toMatchObject({
      ...{ id, status: 'active', secret: null },
      handOver: { code: null, mailed: false, link: expect.stringContaining('/collect/') },
    });
    expect(await auditOf(id)).toEqual(['key.create', 'key.hand-over']);
  });

  it('is mailed without being printed, and printed where the mail server is away', async () => {
    await sql(`update directory_user set email = 'grace@example.org' where username = 'grace'`);
    const at = (port: number) => ({
      ...own,
      ...{ SMTP_URL: `smtp://127.0.0.1:${port}`, SMTP_FROM: 'desk@example.org' },
    });
    const create = ['create', '--user', 'grace', '--hand-over', '--mail'];
    const sent = await keysWith(at(await startServer()), ...create);
    expect([sent.out.includes('#'), textOf(mails[0]).includes('/collect/')]).toEqual([false, true]);
    expect(sent.out).toContain('The link was mailed to grace (grace@example.org).');
    await stopServers();
    const away = await keysWith(at(9), ...create);
    expect(away.out).toMatch(/^https:.*#/m);
    expect(away.errors).toContain('The link could not be mailed to grace (grace@example.org):');
  });

  it('with --sign-on is for its user alone, where the provider and the policy are set', async () => {
    const create = ['create', '--user', 'grace', '--hand-over', '--sign-on'];
    const without = await keysWith(own, ...create);
    expect([without.code, without.errors]).toEqual([
      ...[1, expect.stringContaining('no single sign-on is set up (OIDC_ISSUER)')],
    ]);
    const set = { ...own, ...providerSettings('https://id.example.org/') };
    const off = await keysWith(set, ...create);
    expect([off.code, off.errors]).toEqual([1, expect.stringContaining('policy "My keys"')]);
    expect(await countRows('api_key')).toBe(0);
    await setRule('switch-off');
    const made = await keysWith(set, ...create);
    expect([made.code, made.out]).toEqual([
      ...[0, expect.stringContaining('Only grace can collect it, signed in at Example ID.')],
    ]);
    const [, id = '', fragment = ''] = /collect\/(.+)#(.+)/.exec(made.out) ?? [];
    expect(await collect({ id, fragment, code: null })).toEqual({ outcome: 'sign-on-off' });
  });

  it('is refused without the address and the secret of the desk, and makes nothing', async () => {
    const { code, errors } = await keys('create', '--user', 'grace', '--hand-over');
    expect([code, errors]).toEqual([1, expect.stringContaining('set AUTH_URL and AUTH_SECRET')]);
    const mail = await keysWith(own, 'create', '--user', 'grace', '--hand-over', '--mail');
    expect([mail.code, mail.errors]).toEqual([1, expect.stringContaining('set SMTP_URL')]);
    expect(await countRows('api_key')).toBe(0);
  });
});

describe('exit codes', () => {
  it.each([
    [['create', '--user', 'gone'], 'User "gone" is disabled.'],
    [['create', '--user', 'grace', '--expires', '2020-01-01'], 'in the future'],
    [['create', '--user', 'grace', '--scopes', 'keydesk:manage'], 'can no longer|no longer used'],
    [['delete', randomUUID()], 'There is no such key.'],
  ])('1, and nothing is changed: %j', expectRefusal);
});
