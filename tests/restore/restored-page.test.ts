import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { judgeIdentity } from '@/db/identity';
import { RestoredError } from '@/db/restored';
import { refuseWhileRestored } from '@/lib/http/restored-page';

let server: Server;
let origin: string;
let reached: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    reached.push(`${request.method} ${request.url}`);
    response.end('the framework');
  });
  refuseWhileRestored(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  reached = [];
  delete (globalThis as { keydeskIdentity?: unknown }).keydeskIdentity;
});

const here = { system: '7', database: '5', table: '16400', timeline: '00000001' };
const kept = { ...here, mark: 'a', missingAnchor: null };
const facts = (more: object) => ({
  actual: here,
  kept: { ...kept, ...more },
  recoveredToTarget: false,
});
const restore = () =>
  expect(() => judgeIdentity('desk', facts({ system: '8' }))).toThrow(RestoredError);

test.each([
  ['GET', '/keys'],
  ['GET', '/'],
  ['POST', '/login'],
  ['POST', '/keys/new'],
  ['HEAD', '/login'],
  ['GET', '/healthz/../keys'],
  ['GET', '/readyzz'],
  ['GET', '/api/auth/session'],
])('while restored, %s %s is the page that says what to run', async (method, path) => {
  restore();
  const answer = await fetch(origin + path, { method, redirect: 'manual' });
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30']);
  const text = await answer.text();
  if (path.startsWith('/api/')) expect(text).toMatch(/restored or copied.*after-restore/);
  else if (method !== 'HEAD') {
    expect(text).toContain('<h1>This database was restored or copied</h1>');
    expect(text).toContain('node admin.mjs after-restore --revocations revocations.ndjson');
  }
  expect(reached).toEqual([]);
});

test.each([
  ['GET', '/api/v1/keys'],
  ['POST', '/api/v1/keys'],
  ['DELETE', '/api/v1/keys/0199'],
  ['POST', '/api/v1/leaks'],
  ['GET', '/api/v1/verify/more'],
])('while restored, %s %s is a problem', async (method, path) => {
  restore();
  const answer = await fetch(origin + path, { method });
  expect(answer.status).toBe(503);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(await answer.json()).toMatchObject({
    status: 503,
    detail: expect.stringMatching(/restored or copied/),
  });
  expect(reached).toEqual([]);
});

test.each(['/healthz', '/readyz', '/api/v1/verify', '/api/v1/gate?a=b', '/_next/static/a.css'])(
  'while restored, %s answers by itself',
  async (path) => {
    restore();
    expect(await (await fetch(origin + path)).text()).toBe('the framework');
  },
);

test('before and after, everything is passed on', async () => {
  expect(await (await fetch(`${origin}/keys`)).text()).toBe('the framework');
  restore();
  expect((await fetch(`${origin}/keys`)).status).toBe(503);
  expect(judgeIdentity('desk', facts({}))).toBe('known');
  expect(await (await fetch(`${origin}/keys`)).text()).toBe('the framework');
});

describe('a database', () => {
  const judge = (more: object, recoveredToTarget = false, timeline = '00000001') => {
    try {
      return judgeIdentity('desk', {
        ...{ actual: { ...here, timeline }, kept: { ...kept, ...more }, recoveredToTarget },
      });
    } catch (error) {
      return (error as Error).constructor.name;
    }
  };
  it.each([
    ['known', {}, false, '00000001'],
    ['promoted', {}, false, '00000002'],
    ['promoted', {}, false, '0000000A'],
    ['RestoredError', {}, true, '00000002'],
    ['known', {}, true, '00000001'],
    ['RestoredError', { timeline: '00000002' }, false, '00000001'],
    ['RestoredError', { system: '8' }, false, '00000001'],
    ['RestoredError', { database: '6' }, false, '00000001'],
    ['RestoredError', { table: '16401' }, false, '00000001'],
    ['RestoredError', { missingAnchor: '7:ab' }, false, '00000001'],
  ])('is %s with %j, to a target: %s, on %s', (standing, more, target, timeline) => {
    expect(judge(more, target, timeline)).toBe(standing);
  });

  it('without a row or a table is new to a process, unless it has seen the row', () => {
    const without = { actual: here, kept: null, recoveredToTarget: false };
    expect(judgeIdentity('desk', without)).toBe('unmarked');
    expect(judgeIdentity('desk', null)).toBe('unmarked');
    expect(judge({})).toBe('known');
    expect(() => judgeIdentity('desk', without)).toThrow(RestoredError);
    expect(() => judgeIdentity('desk', null)).toThrow(RestoredError);
    expect(judgeIdentity('another desk', null)).toBe('unmarked');
  });

  it('on a lower timeline than before was left behind, until somebody says that it is right', () => {
    expect(judge({ timeline: '00000003' }, false, '00000003')).toBe('known');
    expect(judge({ timeline: '00000002' }, false, '00000002')).toBe('RestoredError');
    expect(judge({ timeline: '00000002', mark: 'b' }, false, '00000002')).toBe('known');
  });
});
