import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { pagePool } from '@/db/client';
import { identifyKey } from '@/lib/keys/identify-key';
import { runKeys } from '@/scripts/admin/keys/keys';
import { UsageError } from '@/scripts/sentence';
import { collect } from '../hand-over/helpers';
import { bundled, nodeOptions } from '../helpers/bundled';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { auditOf, countRows, makeKey } from '../helpers/keys';
import { insertPeople, insertUser, otto, vera } from '../helpers/people';
import { testSettings } from '../helpers/settings';
import { setRule } from '../my-keys/helpers';
import { mails, startServer, stopServers, textOf } from '../notices/mail-server';
import { providerSettings } from '../oidc/start-provider';

jest.setTimeout(60_000);
useTestDatabase();
beforeEach(async () => {
  await emptyDatabase();
  await insertPeople();
  await insertUser('grace');
  await insertUser('gone', { active: false });
});

const sql = (text: string, values: unknown[] = []) => pagePool().query(text, values);
const secretForm = /^kd_[0-9A-Za-z]{49}$/;
type Json = Record<string, unknown> & { items: Record<string, unknown>[] };

/** Runs the program with the settings that keys need, and keeps its two outputs apart. */
const keys = (...args: string[]) => keysWith({}, ...args);

async function keysWith(more: Record<string, string>, ...args: string[]) {
  const child = spawn(
    process.execPath,
    [...nodeOptions, await bundled('scripts/admin.ts'), 'keys', ...args],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...{ PATH: process.env.PATH, NODE_ENV: 'test', DATABASE_URL: process.env.DATABASE_URL },
        ...{ KEY_PEPPER: testSettings.KEY_PEPPER, AUDIT_KEY: testSettings.AUDIT_KEY },
        ...more,
      },
    },
  );
  let [out, errors] = ['', ''];
  child.stdout.on('data', (part) => (out += part));
  child.stderr.on('data', (part) => (errors += part));
  const [code] = await once(child, 'close');
  return { code, out, errors, json: () => JSON.parse(out) as Json };
}

const isOn = async (id: string) =>
  (await sql('select active from api_key where id = $1 and deleted_at is null', [id])).rows[0]
    ?.active;
const use = (id: string) => sql('update key_last_use set used_at = now() where key_id = $1', [id]);

it('the life of a key: made, listed, regenerated, switched off, deleted', async () => {
  const made = await keys(
    ...['create', '--user', 'GRACE', '--name', 'reports', '--scopes', 'reports:read reports:write'],
    ...['--expires', '90d', '--addresses', '192.0.2.0/24', '--rate', '100/60', '--json'],
  );
  expect([made.code, made.errors]).toEqual([0, expect.stringMatching(/^Using the database .*\n$/)]);
  const { id, secret, ...key } = made.json() as Json & { id: string; secret: string };
  expect(secret).toMatch(secretForm);
  expect(key).toMatchObject({
    ...{ user: { username: 'grace' }, name: 'reports', status: 'active', createdBy: null },
    ...{ scopes: ['reports:read', 'reports:write'], allowedAddresses: ['192.0.2.0/24'] },
    rateLimit: { calls: 100, seconds: 60 },
  });
  const days = (Date.parse(String(key.expiresAt)) - Date.now()) / 86_400_000;
  expect(Math.round(days)).toBe(90);
  expect(await identifyKey(vera, secret)).toMatchObject({ outcome: 'found', key: { id } });

  const listed = (await keys('list', '--json')).json();
  expect(listed).toMatchObject({ items: [{ id, name: 'reports' }], more: false });
  expect(JSON.stringify(listed)).not.toContain(secret.slice(8, -6));

  const renewed = await keys('regenerate', id, '--overlap', '1h', '--json');
  const next = String(renewed.json().secret);
  expect([renewed.code, next !== secret, secretForm.test(next)]).toEqual([0, true, true]);
  expect(await countRows('former_secret', 'stops_at > now()')).toBe(1);

  const off = await keys('deactivate', id, '--json');
  expect(off.json()).toMatchObject({ items: [{ id, status: 'inactive' }], refused: [] });
  expect(await isOn(id)).toBe(false);
  expect((await keys('delete', id)).out).toBe(`Key ${id} of grace was deleted.\n`);
  expect(await isOn(id)).toBeUndefined();
  expect(await auditOf(id)).toEqual([
    ...['key.create', 'key.regenerate', 'key.deactivate', 'key.delete'],
  ]);
  const { rows } = await sql('select distinct actor_id, actor, address from audit_event');
  expect(rows).toEqual([{ actor_id: null, actor: 'system', address: 'local' }]);
});

it('without --json people read it, and the secret stands on a line of its own', async () => {
  const { code, out } = await keys('create', '--user', 'grace', '--inactive');
  const lines = out.trim().split('\n');
  expect([code, lines.filter((line) => secretForm.test(line)).length]).toEqual([0, 1]);
  expect(lines[0]).toMatch(/^Key [0-9a-f-]{36} was created for grace\.$/);
  const list = (await keys('list')).out.trim().split('\n');
  expect(list.map((line) => line.split(/ {2,}/)[1])).toEqual(['Username', 'grace']);
  expect(list[1]).toContain('inactive');
});

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

it('a key in use is deleted only with the username of its owner, and the others all the same', async () => {
  const [used, idle] = [await makeKey(otto, 'grace'), await makeKey(otto, 'grace')];
  await use(used.id);
  const first = await keys('delete', used.id, idle.id, '--json');
  expect(first.code).toBe(1);
  expect(first.json()).toMatchObject({
    items: [{ id: idle.id }],
    refused: [{ id: used.id, reason: expect.stringContaining('--confirm grace') }],
  });
  expect((await keys('delete', used.id, '--confirm', 'otto')).code).toBe(1);
  expect(await isOn(used.id)).toBe(true);
  expect((await keys('delete', used.id, '--confirm', 'grace')).code).toBe(0);
  expect(await isOn(used.id)).toBeUndefined();
});

describe('a hand-over', () => {
  const own = {
    ...{ AUTH_URL: 'https://keys.example.org', AUTH_SECRET: testSettings.AUTH_SECRET },
  };

  it('prints a link in place of the secret, and its code', async () => {
    const made = await keysWith(
      ...([own, 'create', '--user', 'grace', '--hand-over', '--term', '1h', '--code'] as const),
    );
    const [, link = ''] = /^(https:.*)$/m.exec(made.out) ?? [];
    const [, id = '', fragment = ''] = /example\.org\/collect\/(.+)#(.+)/.exec(link) ?? [];
    const [, code = ''] = /another way: (\d{6})$/m.exec(made.out) ?? [];
    expect([made.code, made.out.includes('kd_')]).toEqual([0, false]);
    expect(await countRows('api_key', 'active')).toBe(0);
    expect(await collect({ id, fragment, code })).toMatchObject({
      ...{ outcome: 'collected', username: 'grace' },
    });
  });

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
    [['create', '--user', 'nobody'], 'User "nobody" is not in the database.'],
    [['create', '--user', 'gone'], 'User "gone" is disabled.'],
    [['create', '--user', 'grace', '--expires', '2020-01-01'], 'in the future'],
    [['create', '--user', 'grace', '--scopes', 'keydesk:manage'], 'can no longer|no longer used'],
    [['delete', randomUUID()], 'There is no such key.'],
  ])('1, and nothing is changed: %j', async (args, message) => {
    const { code, out, errors } = await keys(...args);
    expect([code, out, errors]).toEqual([1, '', expect.stringMatching(message)]);
    expect([await countRows('api_key'), await countRows('audit_event')]).toEqual([0, 0]);
  });

  it('2 for wrong usage', async () => {
    const { code, out, errors } = await keys('create');
    expect([code, out]).toEqual([2, '']);
    expect(errors).toMatch(/^--user: Enter a username/);
  });

  it.each([
    [['revoke'], 'Unknown command'],
    [['create', '--user', 'grace', '--expires', 'soon'], '--expires: Use a day'],
    [['create', '--user', 'grace', '--rate', '0/60'], '--rate: '],
    [['create', '--user', 'grace', '--scopes', 'a b"c'], '--scopes: '],
    [['create', '--user', 'grace', '--addresses', '10.0.0.0/33'], '--addresses: '],
    [['list', '--status', 'odd'], '--status: Use active'],
    [['list', '--limit', 'x'], '--limit: '],
    [['list', '--overlap', '1h'], "Unknown option '--overlap'"],
    [
      ['create', '--user', 'grace', '--code'],
      '--term, --code, --sign-on and --mail need --hand-over',
    ],
    [['regenerate', randomUUID(), '--hand-over', '--code', '--sign-on'], 'not both'],
    [['create', '--user', 'grace', '--hand-over', '--term', '2h'], '--term: Use 1h, 24h, 7d'],
    [['regenerate'], 'Give the id of a key'],
    [['regenerate', randomUUID(), randomUUID()], 'one argument too many'],
    [['delete', 'kd_secret'], 'named by its id'],
  ])('wrong usage, before any database is opened: %j', async (args, message) => {
    const refusal = await runKeys(args).catch((error: Error) => error);
    expect(refusal).toBeInstanceOf(UsageError);
    expect(String(refusal)).toContain(message);
    expect(String(refusal)).not.toContain('kd_secret');
  });

  it('0 for help', async () => {
    const { code, out } = await keys('--help');
    expect([code, out]).toEqual([0, expect.stringContaining('keys regenerate <id>')]);
  });
});
