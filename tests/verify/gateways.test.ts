import type { ChildProcess } from 'node:child_process';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mintSecret } from '@/lib/keys/secret/secret';
import { freePort } from '../../scripts/free-port';
import { type Desk, type Key, openDesk } from './helpers/desk';
import { openBackend, recipe, startCaddy, startNginx, stop } from './helpers/recipe';

const gateways = [
  { name: 'nginx', language: 'nginx', start: startNginx },
  { name: 'Caddy', language: 'caddyfile', start: startCaddy },
];

let desk: Desk;
let key: Key;
let backend: Awaited<ReturnType<typeof openBackend>>;
let slow: Server;
const opened: ChildProcess[] = [];

beforeAll(async () => {
  desk = await openDesk();
  key = await desk.addKey(await desk.addUser('bob'), { scopes: ['reports:read'] });
  backend = await openBackend();
  slow = createServer(() => undefined);
  await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await Promise.all(opened.map(stop));
  backend.close();
  slow.closeAllConnections();
  slow.close();
  await desk.close();
});

async function open(
  gateway: (typeof gateways)[number],
  keydesk = desk.port,
  edit = (text: string) => text,
) {
  const port = await freePort();
  const text = recipe(gateway.language, {
    '127.0.0.1:3001': `127.0.0.1:${keydesk}`,
    '127.0.0.1:8080': `127.0.0.1:${backend.port}`,
    '127.0.0.1:8000': `127.0.0.1:${port}`,
    SERVICE_KEY: desk.service.secret,
  });
  opened.push(await gateway.start(edit(text), port));
  return (headers: Record<string, string> = {}, path = '/', more: RequestInit = {}) =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers, ...more });
}

describe.each(gateways)('the recipe for $name', (gateway) => {
  test('accepts a valid key and identifies it to the service, whatever the client forged', async () => {
    const ask = await open(gateway);
    const forged = {
      'X-Auth-User': 'root',
      'x-auth-key-id': 'root',
      'X-AUTH-SCOPES': 'root',
      X_Auth_User: 'root',
      x_auth_scopes: 'root',
      'X-Keydesk-Service': 'root',
    };
    for (const headers of [forged, {}] as Record<string, string>[]) {
      for (const method of ['GET', 'POST']) {
        const body = method === 'POST' ? 'x'.repeat(20_000) : null;
        const response = await ask({ 'x-api-key': key.secret, ...headers }, '/a?b=c', {
          method,
          body,
        });
        expect(response.status).toBe(200);
        const seen = await response.json();
        expect(seen).toMatchObject({
          'x-auth-user': 'bob',
          'x-auth-key-id': key.id,
          'x-auth-scopes': 'reports:read',
        });
        expect(JSON.stringify(seen)).not.toContain('root');
        expect(JSON.stringify(seen)).not.toContain(desk.service.secret);
      }
    }
  });

  test('a key without scopes reaches the service with an empty header, not with a forged one', async () => {
    const ask = await open(gateway);
    const bare = await desk.addKey(await desk.addUser(`bare-${gateway.name}`));
    const response = await ask({ 'x-api-key': bare.secret, 'x-auth-scopes': 'root' });
    expect(response.status).toBe(200);
    expect((await response.json())['x-auth-scopes'] ?? '').toBe('');
  });

  test('refuses bad keys before they reach the service', async () => {
    const ask = await open(gateway);
    const off = await desk.addKey(await desk.addUser(`off-${gateway.name}`), { active: false });
    const before = backend.seen.length;
    for (const headers of [
      {},
      { 'x-api-key': 'nonsense' },
      { 'x-api-key': mintSecret('kd') },
      { authorization: `Bearer ${off.secret}` },
      { authorization: `Bearer ${key.secret}`, 'x-api-key': off.secret },
    ] as Record<string, string>[]) {
      expect((await ask(headers)).status).toBe(401);
    }
    expect(backend.seen).toHaveLength(before);
  });

  test('requires the scopes in the address of the gate', async () => {
    const ask = await open(gateway, desk.port, (text) =>
      text.replace('/api/v1/gate', '/api/v1/gate?scope=reports:write'),
    );
    expect((await ask({ 'x-api-key': key.secret })).status).toBe(403);
  });

  test('sends the address of the client, so that guessing locks out the guesser', async () => {
    const ask = await open(gateway);
    const bound = await desk.addKey(await desk.addUser(`bound-${gateway.name}`), {
      networks: ['203.0.113.0/24'],
    });
    const response = await ask({ 'x-api-key': bound.secret, 'x-forwarded-for': '203.0.113.1' });
    expect(response.status).toBe(403);
  });

  test('passes no cookies on to Keydesk, and the service gets them', async () => {
    const asked: IncomingHttpHeaders[] = [];
    const recorder = createServer((request, response) => {
      asked.push(request.headers);
      response.end();
    });
    await new Promise<void>((resolve) => recorder.listen(0, '127.0.0.1', resolve));
    const ask = await open(gateway, (recorder.address() as AddressInfo).port);
    const seen = await (await ask({ 'x-api-key': key.secret, cookie: 'session=s' })).json();
    expect(asked.map(({ cookie }) => cookie)).toEqual([undefined]);
    expect(asked[0]?.['x-api-key']).toBe(key.secret);
    expect(seen.cookie).toBe('session=s');
    recorder.closeAllConnections();
    recorder.close();
  });

  test('without an answer from Keydesk every request is soon refused', async () => {
    const before = backend.seen.length;
    const silent = (slow.address() as AddressInfo).port;
    for (const keydesk of [await freePort(), silent]) {
      const ask = await open(gateway, keydesk);
      const started = performance.now();
      expect((await ask({ 'x-api-key': key.secret })).status).toBeGreaterThanOrEqual(500);
      expect(performance.now() - started).toBeLessThan(4_000);
    }
    expect(backend.seen).toHaveLength(before);
  });
});

test('control: nginx without the lines that replace X-Auth-* passes on forged headers', async () => {
  const [nginx] = gateways as [(typeof gateways)[number]];
  const ask = await open(nginx, desk.port, (text) =>
    text.replaceAll(/^\s*proxy_set_header X-Auth-.*$/gm, ''),
  );
  const response = await ask({ 'x-api-key': key.secret, 'X-Auth-User': 'root' });
  expect((await response.json())['x-auth-user']).toBe('root');
});

test('nginx: a `return` in a protected location is answered without the gate, so no recipe has one', async () => {
  const [nginx] = gateways as [(typeof gateways)[number]];
  const ask = await open(nginx, desk.port, (text) =>
    text.replace('auth_request /_keydesk;', 'auth_request /_keydesk; return 200 open;'),
  );
  expect(await (await ask()).text()).toBe('open');
  const blocks = recipe('nginx', {});
  expect(blocks).not.toMatch(/^\s*(return|rewrite)\b/m);
});
