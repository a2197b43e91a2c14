import { randomUUID } from 'node:crypto';
import { identifyKey } from '@/lib/keys/identify-key';
import { runKeys } from '@/scripts/admin/keys/keys';
import { UsageError } from '@/scripts/sentence';
import { collect } from '../hand-over/helpers';
import { auditOf, countRows, makeKey } from '../helpers/keys';
import { otto, vera } from '../helpers/people';
import {
  expectRefusal,
  isOn,
  type Json,
  keys,
  keysWith,
  own,
  secretForm,
  sql,
  useDesk,
} from './keys-command';

jest.setTimeout(60_000);
useDesk();

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

it('a key in use is deleted only with the username of its owner, and the others all the same', async () => {
  const [used, idle] = [await makeKey(otto, 'grace'), await makeKey(otto, 'grace')];
  await sql('update key_last_use set used_at = now() where key_id = $1', [used.id]);
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
});

describe('exit codes', () => {
  it('1, and nothing is changed', async () => {
    await expectRefusal(['create', '--user', 'nobody'], 'User "nobody" is not in the database.');
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
