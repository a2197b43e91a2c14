import { mintSecret } from '@/lib/keys/secret/secret';
import type { KeyFacts } from './helpers/desk';
import { gateways, withPreflight } from './helpers/gateways';
import { openScene } from './helpers/scene';

// Installs the programs if they are missing.
jest.setTimeout(90_000);

let scene: Awaited<ReturnType<typeof openScene>>;
const ports = new Map<string, number>();

beforeAll(async () => {
  scene = await openScene();
  for (const gateway of gateways) ports.set(gateway.name, await scene.open(gateway));
});
afterAll(() => scene.close());

type Asked = { headers?: Record<string, string>; method?: string; body?: string };

const askAt = (port: number, { headers = {}, method = 'GET', body }: Asked) =>
  fetch(`http://127.0.0.1:${port}/a?b=c`, { headers, method, ...(body ? { body } : {}) });

describe.each(gateways)('the recipe for $name', (gateway) => {
  const ask = (asked: Asked) => askAt(ports.get(gateway.name) ?? 0, asked);
  const keyOf = async (what: string, facts: KeyFacts = {}) =>
    scene.desk.addKey(await scene.desk.addUser(`${what}-${gateway.name}`), facts);

  test('accepts a valid key and identifies it to the service, whatever the client forged', async () => {
    const forged = {
      'X-Auth-User': 'root',
      'x-auth-key-id': 'root',
      'X-AUTH-SCOPES': 'root',
      X_Auth_User: 'root',
      x_auth_scopes: 'root',
      'X-Keydesk-Service': 'root',
    };
    const body = 'x'.repeat(20_000);
    for (const headers of [forged, {}] as Record<string, string>[]) {
      for (const more of [{}, { method: 'POST', body }]) {
        const response = await ask({
          headers: { 'x-api-key': scene.key.secret, ...headers },
          ...more,
        });
        expect(response.status).toBe(200);
        const seen = await response.json();
        expect(seen).toMatchObject({
          'x-auth-user': 'bob',
          'x-auth-key-id': scene.key.id,
          'x-auth-scopes': 'reports:read',
        });
        expect(JSON.stringify(seen)).not.toContain('root');
        expect(JSON.stringify(seen)).not.toContain(scene.desk.service.secret);
      }
    }
  });

  test('takes Authorization as well, and passes both on', async () => {
    const headers = { authorization: `Bearer ${scene.key.secret}` };
    expect(await (await ask({ headers })).json()).toMatchObject({
      ...headers,
      'x-auth-user': 'bob',
    });
  });

  test('a key without scopes reaches the service with an empty header, not with a forged one', async () => {
    const bare = await keyOf('bare');
    const response = await ask({ headers: { 'x-api-key': bare.secret, 'x-auth-scopes': 'root' } });
    expect(response.status).toBe(200);
    expect((await response.json())['x-auth-scopes'] ?? '').toBe('');
  });

  test('refuses bad keys before they reach the service, and says what is missing', async () => {
    const off = await keyOf('off', { active: false });
    const before = scene.backend.seen.length;
    for (const headers of [
      {},
      { 'x-api-key': 'nonsense' },
      { 'x-api-key': mintSecret('kd') },
      { authorization: `Bearer ${off.secret}` },
      { authorization: `Bearer ${scene.key.secret}`, 'x-api-key': off.secret },
    ] as Record<string, string>[]) {
      const response = await ask({ headers });
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Bearer realm="API"');
    }
    expect(scene.backend.seen).toHaveLength(before);
  });

  test('refuses a key at the next request after it was switched off', async () => {
    const one = await keyOf('revoked');
    const headers = { 'x-api-key': one.secret };
    expect((await ask({ headers })).status).toBe(200);
    await scene.desk.sql('update api_key set active = false where id = $1', [one.id]);
    expect((await ask({ headers })).status).toBe(401);
  });

  test('says when a key over its rate limit may ask again', async () => {
    const one = await keyOf('limited', { rate: [1, 60] });
    const headers = { 'x-api-key': one.secret };
    expect((await ask({ headers })).status).toBe(200);
    const refused = await ask({ headers });
    expect(refused.status).toBe(403);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('sends the address of the client, and not what the client says of it', async () => {
    const bound = async (network: string) => {
      const { secret } = await keyOf(network, { networks: [network] });
      const headers = { 'x-api-key': secret, 'x-forwarded-for': '203.0.113.1' };
      return (await ask({ headers })).status;
    };
    expect(await bound('203.0.113.0/24')).toBe(403);
    expect(await bound('127.0.0.0/8')).toBe(200);
  });

  test('passes no cookies and no body on to Keydesk, and the service gets them', async () => {
    const from = scene.front.seen.length;
    const headers = { 'x-api-key': scene.key.secret, cookie: 'session=s' };
    const seen = await (await ask({ headers, method: 'POST', body: 'text' })).json();
    const asked = scene.front.seen.slice(from);
    expect(asked.map(({ headers: { cookie } }) => cookie)).toEqual([undefined]);
    expect(asked[0]?.headers['content-length'] ?? '0').toBe('0');
    expect(asked[0]?.headers['x-api-key']).toBe(scene.key.secret);
    expect(seen).toMatchObject({ cookie: 'session=s', 'content-length': '4' });
  });

  test('requires the scopes in the address of the gate, and lets preflights through', async () => {
    const scope = (text: string) =>
      text.replace('/api/v1/gate', '/api/v1/gate?scope=reports:write');
    const preflight = withPreflight(gateway);
    const port = await scene.open(gateway, (text) => preflight(scope(text)));
    const headers = { 'x-api-key': scene.key.secret };
    expect((await askAt(port, { headers })).status).toBe(403);
    const answer = await askAt(port, { method: 'OPTIONS' });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([
      ...[204, 'https://app.example.org'],
    ]);
    expect(answer.headers.get('access-control-allow-headers')).toBe('X-API-Key');
    const refused = await askAt(port, {});
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([
      ...[401, null],
    ]);
  });
});

// The last test, because Keydesk is away after it.
test('without an answer from Keydesk every gateway soon refuses every request', async () => {
  const before = scene.backend.seen.length;
  const askAll = async () => {
    const started = performance.now();
    const asked = [...ports.values()].map((port) =>
      askAt(port, { headers: { 'x-api-key': scene.key.secret } }),
    );
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    for (const status of statuses) expect(status).toBeGreaterThanOrEqual(500);
    expect(statuses).toHaveLength(gateways.length);
    expect(performance.now() - started).toBeLessThan(4_000);
  };
  scene.front.behave(() => undefined);
  await askAll();
  await scene.front.close();
  await askAll();
  expect(scene.backend.seen).toHaveLength(before);
});
