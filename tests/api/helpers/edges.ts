import { builtPaths } from '../../attack/helpers/build';
import { type Answer, exchange, type Sent } from '../../helpers/plain-browser';
import { sendRaw } from '../../verify/helpers/raw';
import { expect, test } from './client-desk';

type Described = { paths: Record<string, Record<string, unknown>> };

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const someId = '01a22f59-f19c-70cd-a286-4c6b54973a03';

const isProblem = ({ status, headers, text }: Answer) =>
  headers['content-type'] === 'application/problem+json' && JSON.parse(text).status === status;

/** What a client meets at the edges of the protocol, on the built product over a socket. */
export function edges(): void {
  test('the description has every route of the build, and every method', async ({ desk }) => {
    const { text } = await exchange(desk.url, '/api/v1/openapi.json');
    const { paths } = JSON.parse(text) as Described;
    const built = builtPaths('route').filter((path) => path.startsWith('/api/v1'));
    const catchAll = built.filter((path) => path.includes('...'));
    expect(catchAll).toHaveLength(1);
    for (const path of built.filter((one) => !catchAll.includes(one))) {
      expect(Object.keys(paths)).toContain(path.replaceAll('[', '{').replaceAll(']', '}'));
    }
    for (const [path, described] of Object.entries(paths)) {
      const target = path.replace('{id}', someId).replace('{kind}', 'stale');
      for (const method of path === '/api/v1/gate' ? [] : methods) {
        const answer = await exchange(desk.url, target, { method });
        const known = Object.keys(described).map((one) => one.toUpperCase());
        const case_ = [method, path];
        expect([...case_, answer.status === 405]).toEqual([...case_, !known.includes(method)]);
        if (answer.status !== 405) continue;
        expect([...case_, isProblem(answer)]).toEqual([...case_, true]);
        const allowed = answer.headers.allow?.split(', ').filter((one) => methods.includes(one));
        expect(allowed?.sort()).toEqual(known.sort());
      }
    }
  });

  test('whatever else is below /api/v1 is a problem', async ({ desk }) => {
    for (const path of odd) {
      const answer = await exchange(desk.url, path, { headers: bearer(desk.secret) });
      expect([path, answer.status, isProblem(answer)]).toEqual([path, 404, true]);
      expect(answer.headers['x-request-id']).toBe(JSON.parse(answer.text).requestId);
    }
    for (const method of ['TRACE', 'PROPFIND', 'QUERY']) {
      const answer = await exchange(desk.url, '/api/v1/keys', { method });
      expect([method, answer.status, isProblem(answer)]).toEqual([method, 405, true]);
    }
  });

  test('an answer depends on neither cookies nor what else a request asks for', async ({
    desk,
  }) => {
    const get = (headers: Sent['headers'] = {}) =>
      exchange(desk.url, '/api/v1/users?limit=1', {
        headers: { ...bearer(desk.secret), ...headers },
      });
    const plain = await get();
    const asked: Record<string, string>[] = [
      { 'accept-encoding': 'gzip, br' },
      { connection: 'Upgrade', upgrade: 'websocket' },
      { origin: 'https://evil.example' },
      { accept: 'text/html', 'next-action': 'abc' },
      { cookie: desk.cookie },
      { 'if-none-match': '*' },
    ];
    for (const headers of asked) {
      const answer = await get(headers);
      expect([headers, answer.status, answer.text]).toEqual([headers, 200, plain.text]);
      expect(answer.headers['content-encoding']).toBeUndefined();
      expect(answer.headers['set-cookie']).toBeUndefined();
      expect(Object.keys(answer.headers).join()).not.toContain('access-control');
      expect(answer.headers['cache-control']).toBe('no-store, no-transform');
    }
    const head = await exchange(desk.url, '/api/v1/users?limit=1', {
      method: 'HEAD',
      headers: bearer(desk.secret),
    });
    expect([head.status, head.text]).toEqual([200, '']);
    expect(head.headers['content-type']).toBe('application/json');
    const signedIn = await exchange(desk.url, '/api/v1/users', {
      headers: { cookie: desk.cookie, origin: desk.url },
    });
    expect(signedIn.status).toBe(401);
  });

  test('a preflight of another site gets no permission', async ({ desk }) => {
    const answer = await exchange(desk.url, '/api/v1/keys', {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect([answer.status, answer.headers.allow]).toEqual([204, 'GET, HEAD, POST, OPTIONS']);
    expect(Object.keys(answer.headers).join()).not.toContain('access-control');
  });

  test('a body without a length is counted as it arrives', async ({ desk }) => {
    const head = [
      ...['POST /api/v1/keys HTTP/1.1', 'Host: k', `Authorization: Bearer ${desk.secret}`],
      ...['Content-Type: application/json', 'Idempotency-Key: "chunks"', 'Connection: close'],
      ...['Transfer-Encoding: chunked', '', ''],
    ].join('\r\n');
    const port = Number(new URL(desk.url).port);
    const send = (chunks: string[]) =>
      sendRaw(
        port,
        Buffer.from(
          `${head}${chunks.map((one) => `${one.length.toString(16)}\r\n${one}\r\n`).join('')}0\r\n\r\n`,
        ),
      );
    expect(await send(['{"user":', '"grace"}'])).toMatch(/^HTTP\/1\.1 201 /);
    const long = await send(Array.from({ length: 5 }, () => ' '.repeat(16_384)));
    expect(long).toMatch(/^HTTP\/1\.1 413 .*application\/problem\+json/s);
  });

  test('two keys at once are none', async ({ desk }) => {
    const port = Number(new URL(desk.url).port);
    const line = `Authorization: Bearer ${desk.secret}`;
    const ask = (...lines: string[]) =>
      sendRaw(port, ['GET /api/v1/keys HTTP/1.1', 'Host: k', 'Connection: close', ...lines]);
    expect(await ask(line)).toMatch(/^HTTP\/1\.1 200 /);
    expect(await ask(line, 'Authorization: Bearer another')).toMatch(/^HTTP\/1\.1 401 /);
    expect(await ask(line, line)).toMatch(/^HTTP\/1\.1 401 /);
  });
}

const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });

const odd = [
  ...['/api/v1', '/api/v1/', '/api/v1/nothing', '/api/v1/keys/', '/api/v1//keys', '/api/v1/KEYS'],
  ...['/api/v1/%6beys', '/api/v1/keys%2f', '/api/v1/./keys', '/api/v1/users/../keys'],
  ...['/api/v1/users/%2e%2e/keys', '/api/v1/keys\\', '/api/v1/keys;a=1', '/api/v1/keys.json'],
  ...['/api/v1/keys/1', '/api/v1/keys/%00', `/api/v1/keys/${someId}/`, '/api/v1/verify/'],
  ...['/api/v1/problems/nothing', '/api/v1/problems/toString', '/api/v1/leaks/nothing'],
];
