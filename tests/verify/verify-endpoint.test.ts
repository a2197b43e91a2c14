import { mintSecret } from '@/lib/keys/secret/secret';
import { type Desk, type Key, openDesk } from './helpers/desk';

let desk: Desk;
let bob: string;
let key: Key;

beforeAll(async () => {
  desk = await openDesk();
  bob = await desk.addUser('bob');
  key = await desk.addKey(bob, {
    name: 'reports',
    scopes: ['reports:read'],
    expires: '2099-01-01T00:00:00Z',
  });
});
afterAll(() => desk.close());

async function codeOf(body: Record<string, unknown>): Promise<unknown> {
  const response = await desk.verify(body);
  expect(response.status).toBe(200);
  const answer = await response.json();
  expect(answer.valid).toBe(answer.code === 'VALID');
  return answer.code;
}

test('a valid key is returned with its facts', async () => {
  const response = await desk.verify({ key: key.secret, scopes: ['reports:read'] });
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(await response.json()).toEqual({
    valid: true,
    code: 'VALID',
    keyId: key.id,
    name: 'reports',
    user: { id: bob, username: 'bob' },
    scopes: ['reports:read'],
    expiresAt: '2099-01-01T00:00:00Z',
    rateLimit: null,
  });
});

test('each reason to refuse a key has its code', async () => {
  const disabled = await desk.addUser('mallory', false);
  const off = await desk.addKey(bob, { active: false });
  const expired = await desk.addKey(bob, { expires: '2020-01-01T00:00:00Z' });
  const orphan = await desk.addKey(disabled);
  const bound = await desk.addKey(bob, { networks: ['203.0.113.0/24'] });
  expect(await codeOf({ key: 'kd_nonsense' })).toBe('MALFORMED');
  expect(await codeOf({ key: mintSecret('kd') })).toBe('NOT_FOUND');
  expect(await codeOf({ key: off.secret })).toBe('INACTIVE');
  expect(await codeOf({ key: expired.secret })).toBe('EXPIRED');
  expect(await codeOf({ key: orphan.secret })).toBe('OWNER_INACTIVE');
  expect(await codeOf({ key: key.secret, scopes: ['other'] })).toBe('INSUFFICIENT_SCOPE');
  expect(await codeOf({ key: bound.secret, ip: '198.51.100.1' })).toBe('IP_DENIED');
  expect(await codeOf({ key: bound.secret })).toBe('IP_DENIED');
  expect(await codeOf({ key: bound.secret, ip: '203.0.113.1' })).toBe('VALID');
});

test('an unknown or deleted key is returned without facts', async () => {
  const gone = await desk.addKey(bob);
  await desk.sql('update api_key set deleted_at = now() where id = $1', [gone.id]);
  for (const secret of [mintSecret('kd'), gone.secret]) {
    expect(await (await desk.verify({ key: secret })).json()).toEqual({
      valid: false,
      code: 'NOT_FOUND',
    });
  }
});

test('a service key presented as a key verifies like any other', async () => {
  expect(await codeOf({ key: desk.service.secret })).toBe('VALID');
});

test.each([
  ['not JSON', '{'],
  ['a bare text', '"kd"'],
  ['null', 'null'],
  ['no key', '{}'],
  ['an empty key', '{"key":""}'],
  ['a number as key', '{"key":1}'],
  ['scopes that are no list', '{"key":"k","scopes":"reports:read"}'],
  ['an address that is none', '{"key":"k","ip":"here"}'],
])('%s is a bad request', async (_, body) => {
  const response = await desk.verify(body);
  expect(response.status).toBe(400);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(await response.json()).toMatchObject({ status: 400, title: 'Bad Request' });
});

test.each(['\n', '\r\n', ' ', '\t'])('a key with %j around it is read without', async (blank) => {
  const key = await desk.addKey(
    await desk.addUser(`pasted ${blank.charCodeAt(0)} ${blank.length}`),
  );
  const pasted = await desk.verify({ key: blank + key.secret + blank });
  expect(await pasted.json()).toMatchObject({ code: 'VALID', keyId: key.id });
  // A blank inside the key is an error.
  const torn = key.secret.slice(0, 9) + blank + key.secret.slice(9);
  expect(await (await desk.verify({ key: torn })).json()).toMatchObject({ code: 'MALFORMED' });
  expect((await desk.verify({ key: blank })).status).toBe(400);
});

test('callers without a service key are refused, whatever they send', async () => {
  const manager = await desk.addKey(bob, { scopes: ['keydesk:manage'] });
  const revoked = await desk.addKey(bob, { scopes: ['keydesk:verify'], active: false });
  const strangers = ['', 'Bearer', 'Bearer x', `Basic ${key.secret}`, `Bearer ${mintSecret('kd')}`];
  for (const authorization of [
    ...strangers,
    `Bearer ${key.secret}`,
    `Bearer ${manager.secret}`,
    `Bearer ${revoked.secret}`,
    `Bearer ${desk.service.secret}, Bearer ${desk.service.secret}`,
  ]) {
    for (const body of [{ key: key.secret }, 'not JSON']) {
      const response = await desk.verify(body, { authorization });
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
      expect(await response.text()).not.toContain(key.id);
    }
  }
});

test('a body of 8 KB is read, a longer one is not', async () => {
  const fitting = `{"key":"${key.secret}","pad":"`;
  const pad = (length: number) => `${fitting}${'x'.repeat(length - fitting.length - 2)}"}`;
  expect((await desk.verify(pad(8_192))).status).toBe(200);
  expect((await desk.verify(pad(8_193))).status).toBe(413);
  expect((await desk.verify(pad(500_000))).status).toBe(413);
  expect((await desk.verify({ key: key.secret })).status).toBe(200);
});

test('other methods and other paths get 405 and 404', async () => {
  const wrong = await fetch(`${desk.origin}/api/v1/verify`);
  expect(wrong.status).toBe(405);
  expect(wrong.headers.get('allow')).toBe('POST');
  for (const path of ['/', '/keys', '/api/v1/verify/', '/API/v1/verify', '/login']) {
    const response = await fetch(desk.origin + path);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
  }
});
