import { mintSecret } from '@/lib/keys/secret/secret';
import { type Desk, type Key, openDesk } from './helpers/desk';
import { sendRaw } from './helpers/raw';

let desk: Desk;
let bob: string;
let key: Key;

beforeAll(async () => {
  desk = await openDesk();
  bob = await desk.addUser('bob');
  key = await desk.addKey(bob, { scopes: ['reports:read', 'reports:write'] });
});
afterAll(() => desk.close());

const authOf = (headers: Headers) =>
  ['user', 'key-id', 'scopes'].map((name) => headers.get(`x-auth-${name}`));

/** What HTTP needs, and the id of the request. */
const ordinary = [
  'cache-control',
  'connection',
  'content-length',
  'date',
  'keep-alive',
  'x-request-id',
];

test('a good key passes, with nothing but the three headers', async () => {
  for (const headers of [
    { 'x-api-key': key.secret },
    { authorization: `Bearer ${key.secret}` },
    { authorization: `bearer ${key.secret}`, 'x-api-key': key.secret },
  ] as Record<string, string>[]) {
    const response = await desk.gate(headers);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
    expect(authOf(response.headers)).toEqual(['bob', key.id, 'reports:read reports:write']);
    const names = [...response.headers.keys()].filter((name) => !name.startsWith('x-auth-'));
    expect(names).toEqual(ordinary);
  }
});

test('Sunset says when a key ends, in its last 30 days only', async () => {
  const sunset = async (days: number | null) => {
    const expires = days === null ? null : new Date(Date.now() + days * 86_400_000);
    const { secret } = await desk.addKey(bob, expires ? { expires: expires.toISOString() } : {});
    const header = (await desk.gate({ 'x-api-key': secret })).headers.get('sunset');
    return [header, expires?.toUTCString()];
  };
  expect((await sunset(null))[0]).toBeNull();
  expect((await sunset(31))[0]).toBeNull();
  for (const days of [29, 1 / 24]) {
    const [header, end] = await sunset(days);
    expect(header).toBe(end);
    expect(header).toMatch(/^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/);
  }
});

test('forged X-Auth-* headers are never returned, not even without a scope', async () => {
  const bare = await desk.addKey(bob);
  const response = await desk.gate({
    'x-api-key': bare.secret,
    'x-auth-user': 'root',
    'x-auth-key-id': 'root',
    'x-auth-scopes': 'root',
    x_auth_user: 'root',
  });
  expect(authOf(response.headers)).toEqual(['bob', bare.id, '']);
  expect(JSON.stringify([...response.headers])).not.toContain('root');
});

test.each(['Jürgen', '100%', 'a b', '日本', 'x\u2028y', '😀', 'a"b', "o'neil"])(
  'the name %j fits into a header and can be read back',
  async (username) => {
    const owner = await desk.addUser(username);
    const { secret } = await desk.addKey(owner);
    const header = (await desk.gate({ 'x-api-key': secret })).headers.get('x-auth-user') ?? '';
    expect(header).toMatch(/^[\x20-\x7e]+$/);
    expect(decodeURIComponent(header)).toBe(username);
  },
);

test('all required scopes are checked', async () => {
  const status = async (query: string) =>
    (await desk.gate({ 'x-api-key': key.secret }, query)).status;
  expect(await status('?scope=reports:read&scope=reports:write')).toBe(200);
  expect(await status('?scope=reports%3Aread+reports:write')).toBe(200);
  expect(await status('?scope=reports:read,reports:write')).toBe(200);
  expect(await status('?scope=reports:read&scope=other')).toBe(403);
  expect(await status('?scope=reports:read,other')).toBe(403);
  expect(await status('?scope=%')).toBe(403);
  expect(await status('?other=1')).toBe(200);
});

test('a key for other networks is forbidden, and the caller cannot forge its address', async () => {
  const bound = await desk.addKey(bob, { networks: ['203.0.113.0/24'] });
  const from = async (forwarded: string) =>
    (await desk.gate({ 'x-api-key': bound.secret, 'x-forwarded-for': forwarded })).status;
  expect(await from('203.0.113.7')).toBe(200);
  expect(await from('203.0.113.7, 198.51.100.1')).toBe(403);
});

test('every bad key, caller and request gets the same 401, to the byte', async () => {
  const dead = await desk.addKey(bob);
  await desk.sql('update api_key set deleted_at = now() where id = $1', [dead.id]);
  const old = await desk.addKey(bob, { expires: '2020-01-01T00:00:00Z' });
  const off = await desk.addKey(bob, { active: false });
  const orphan = await desk.addKey(await desk.addUser('mallory', false));
  const service = `X-Keydesk-Service: ${desk.service.secret}`;
  const asks = [
    [],
    [service],
    [service, 'X-API-Key: nonsense'],
    [service, 'X-API-Key:'],
    [service, 'Authorization: Bearer'],
    [service, `Authorization: Basic ${key.secret}`],
    [service, `X-API-Key: ${mintSecret('kd')}`],
    [service, `X-API-Key: ${dead.secret}`],
    [service, `X-API-Key: ${old.secret}`],
    [service, `X-API-Key: ${off.secret}`],
    [service, `X-API-Key: ${orphan.secret}`],
    [service, `X-API-Key: ${key.secret}`, `X-API-Key: ${key.secret}`],
    [service, `Authorization: Bearer ${key.secret}`, `Authorization: Bearer ${off.secret}`],
    [service, `Authorization: Bearer ${key.secret}`, `X-API-Key: ${off.secret}`],
    [service, service, `X-API-Key: ${key.secret}`],
    [`X-API-Key: ${key.secret}`],
    [`X-Keydesk-Service: ${key.secret}`, `X-API-Key: ${key.secret}`],
    [`Cookie: key=${key.secret}`, service],
  ];
  const answers = new Set<string>();
  for (const headers of asks) {
    const answer = await sendRaw(desk.port, ['GET /api/v1/gate HTTP/1.1', 'Host: k', ...headers]);
    answers.add(answer.replace(/^(?:Date|X-Request-Id): .*\r\n/gm, ''));
  }
  expect([...answers]).toEqual([expect.stringMatching(/^HTTP\/1\.1 401 /)]);
  const inUrl = await desk.gate({}, `?key=${key.secret}&api_key=${key.secret}`);
  expect(inUrl.status).toBe(401);
});

test('any method is answered alike, because Envoy sends the original one', async () => {
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD']) {
    const ask = (secret: string) =>
      fetch(`${desk.origin}/api/v1/gate`, {
        method,
        headers: { 'x-keydesk-service': desk.service.secret, 'x-api-key': secret },
      });
    expect((await ask(key.secret)).status).toBe(200);
    expect((await ask('bad')).status).toBe(401);
  }
});

test('an address is one source, in any spelling', async () => {
  const bound = await desk.addKey(await desk.addUser('spelled'), { networks: ['192.0.2.0/24'] });
  const from = async (address: string) =>
    (await desk.gate({ 'x-api-key': bound.secret, 'x-forwarded-for': address })).status;
  for (const spelling of ['::ffff:c000:201', '::ffff:192.0.2.1', '192.0.2.1:5000', '"192.0.2.1"']) {
    expect([spelling, await from(spelling)]).toEqual([spelling, 200]);
  }
  expect(await from('::ffff:c000:301')).toBe(403);
  // An entry that is no address is ignored. The proxy's own address counts, which is outside the network.
  expect(await from('192.0.2.1, unknown')).toBe(403);
});
