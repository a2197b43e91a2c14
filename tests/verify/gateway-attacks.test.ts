import { blocksOf } from '../manual/helpers/run-block';
import { gateways, named } from './helpers/gateways';
import { keysIn, openScene, variable } from './helpers/scene';

// Installs the programs if they are missing.
jest.setTimeout(90_000);

let scene: Awaited<ReturnType<typeof openScene>>;
const ports = new Map<string, number>();

beforeAll(async () => {
  scene = await openScene();
  for (const gateway of gateways) ports.set(gateway.name, await scene.open(gateway));
});
afterAll(() => scene.close());
beforeEach(() => scene.front.behave(null));

const good = () => `X-API-Key: ${scene.key.secret}`;

describe.each(gateways)('$name', ({ name }) => {
  const send = (lines: string[], more: { first?: string; body?: string } = {}) =>
    scene.send(ports.get(name) ?? 0, lines, more);

  test.each(['X-Auth-User', 'X_Auth_User', 'X-Auth_User', 'X_AUTH-USER', 'x.auth.user'])(
    'a forged %s does not reach the service, whatever a framework makes of the name',
    async (forged) => {
      const { status, service } = await send([`${forged}: root`, good(), `${forged}: root`]);
      expect([status, service.length]).toEqual([200, 1]);
      expect(variable(service[0], 'X_AUTH_USER')).toEqual(['bob']);
    },
  );

  test('the service gets the very keys that Keydesk was asked with', async () => {
    const bearer = `Authorization: Bearer ${scene.key.secret}`;
    for (const lines of [
      [good()],
      [bearer],
      [bearer, good()],
      [good(), 'Authorization: Basic eDp5'],
      [good(), 'X_API_Key: other', 'x-api_key: other', 'X.API.Key: other'],
    ]) {
      const { status, service, asked } = await send(lines);
      expect([lines, status]).toEqual([lines, 200]);
      expect(keysIn(service[0])).toEqual(keysIn(asked[0]));
      expect(JSON.stringify(keysIn(service[0]))).not.toContain('other');
    }
  });

  test('two keys at once are refused', async () => {
    const other = 'X-API-Key: other';
    const bearer = `Authorization: Bearer ${scene.key.secret}`;
    for (const lines of [
      [good(), other],
      [other, good()],
      [good(), good()],
      [bearer, 'Authorization: Bearer other'],
      [bearer, other],
    ]) {
      const { status, service } = await send(lines);
      expect([400, 401]).toContain(status);
      expect(service).toEqual([]);
    }
  });

  test.each(['X-Auth-User', 'close, x-auth-user', 'X-Keydesk-Service', 'X-API-Key'])(
    '"Connection: %s" takes no header away that the gateway set',
    async (tokens) => {
      const { status, service } = await send([
        'Connection: close',
        `Connection: ${tokens}`,
        good(),
      ]);
      if (status === 400) return expect(service).toEqual([]);
      expect(status).toBe(200);
      expect(variable(service[0], 'X_AUTH_USER')).toEqual(['bob']);
      // The service may be a proxy, which would obey.
      expect(variable(service[0], 'CONNECTION').join()).not.toMatch(/x-/i);
    },
  );

  test('a body in chunks reaches the service, and its trailer is no header', async () => {
    const chunked = ['Transfer-Encoding: chunked', 'Trailer: X-Auth-User', good()];
    const body = '4\r\ntext\r\n0\r\nX-Auth-User: root\r\n\r\n';
    const { status, service } = await send(chunked, { first: 'POST /a HTTP/1.1', body });
    expect(status).toBe(200);
    expect(variable(service[0], 'X_AUTH_USER')).toEqual(['bob']);
  });

  test('a second request in the body of the first is not forwarded without a key', async () => {
    const inner = 'GET /smuggled HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';
    for (const [lengths, body] of [
      [['Content-Length: 6', 'Transfer-Encoding: chunked'], `0\r\n\r\n${inner}`],
      [['Transfer-Encoding: chunked', 'Content-Length: 6'], `0\r\n\r\n${inner}`],
      [['Content-Length: 0', `Content-Length: ${inner.length}`], inner],
      [['Transfer-Encoding: xchunked', 'Content-Length: 0'], inner],
    ] as [string[], string][]) {
      const lines = ['Connection: keep-alive', good(), ...lengths];
      const { service } = await send(lines, { first: 'POST /a HTTP/1.1', body });
      expect(service.map(({ url }) => url)).not.toContain('/smuggled');
    }
  });

  test('HTTP/1.0 needs a key as well', async () => {
    const first = 'GET /a HTTP/1.0';
    const { status, service } = await send([good()], { first });
    expect([status, variable(service[0], 'X_AUTH_USER')]).toEqual([200, ['bob']]);
    expect(await send([], { first })).toMatchObject({ status: 401, service: [] });
  });

  test('long cookies and long keys do no harm', async () => {
    const long = 'c'.repeat(7_000);
    const { status, service, asked } = await send([good(), `Cookie: ${long}`]);
    expect([status, service[0]?.headers.cookie]).toEqual([200, long]);
    expect(asked[0]?.headers.cookie).toBeUndefined();
    expect(await send([`X-API-Key: ${long}`])).toMatchObject({ status: 401, service: [] });
  });

  test('answers that are not of Keydesk let nothing through', async () => {
    const redirect = { location: `http://127.0.0.1:${scene.backend.port}/` };
    for (const [status, headers] of [
      [302, redirect],
      [307, redirect],
      [404, {}],
      [500, {}],
      [503, {}],
    ] as [number, Record<string, string>][]) {
      scene.front.behave((_, response) => response.writeHead(status, headers).end());
      const answer = await send([good()]);
      expect(answer.status).toBeGreaterThanOrEqual(300);
      expect(answer.service).toEqual([]);
    }
    scene.front.behave((asked) => asked.socket.destroy());
    expect((await send([good()])).status).toBeGreaterThanOrEqual(500);
  });
});

test('an answer that never ends is soon refused', async () => {
  const before = scene.backend.seen.length;
  scene.front.behave((_, { socket }) => socket?.write('HTTP/1.1 200 OK\r\nX-Auth-User: root\r\n'));
  const started = performance.now();
  const answers = await Promise.all([...ports.values()].map((port) => scene.send(port, [good()])));
  for (const { status } of answers) expect(status).toBeGreaterThanOrEqual(500);
  expect(performance.now() - started).toBeLessThan(4_000);
  expect(scene.backend.seen).toHaveLength(before);
});

type Twice = { name: string; twice(text: string): string; unguarded(text: string): string };

const askedTwice: Twice[] = [
  {
    name: 'HAProxy',
    twice: (text) =>
      text.replace(
        /lua\.keydesk \/api\/v1\/gate (.*)$/m,
        '$&\n http-request lua.keydesk /api/v1/gate?scope=reports:read $1',
      ),
    unguarded: (text) => text.replace("txn:unset_var('txn.keydesk')", ''),
  },
  {
    name: 'Apache',
    twice: (text) => {
      const hook = 'LuaHookAccessChecker /etc/apache2/keydesk.lua reports';
      const [, script = ''] = blocksOf('docs/gateways-apache.md', 'lua');
      return text
        .replace('</VirtualHost>', `<Location /a>\n${hook}\n</Location>\n$&`)
        .replace('function check', `${script}\n$&`);
    },
    unguarded: (text) => text.replace('return apache2.DECLINED', 'return apache2.OK'),
  },
];

const identity = { 'X-Auth-User': 'bob', 'X-Auth-Key-Id': 'a', 'X-Auth-Scopes': '' };

test.each(askedTwice)('$name that asks twice needs two permissions', async (one) => {
  const port = await scene.open(named(one.name), one.twice);
  const { status, asked } = await scene.send(port, [good()]);
  expect([status, asked.map(({ url }) => url)]).toEqual([
    ...[200, ['/api/v1/gate', '/api/v1/gate?scope=reports:read']],
  ]);
  const refuse = (refusal: number) =>
    scene.front.behave(({ url }, response) =>
      response.writeHead(url?.includes('scope') ? refusal : 200, identity).end(),
    );
  for (const refusal of [403, 503]) {
    refuse(refusal);
    expect(await scene.send(port, [good()])).toMatchObject({ status: refusal, service: [] });
  }
  // Control.
  const open = await scene.open(named(one.name), (text) => one.unguarded(one.twice(text)));
  expect((await scene.send(open, [good()])).status).toBe(200);
});
