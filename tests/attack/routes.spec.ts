import { exchange } from '../helpers/plain-browser';
import { times } from '../helpers/times';
import { expect, test } from './helpers/attack-test';
import { builtPaths } from './helpers/build';
import { routeEntryPoints } from './helpers/entry-points';
import { databaseState, leaks } from './helpers/evidence';
import { callers, isBelow, password, type Target } from './helpers/planted';

test.describe.configure({ mode: 'default', timeout: 240_000 });

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const origins = [undefined, 'null', 'https://evil.example'];

test('every route handler of the build is known here, and no other', () => {
  expect(builtPaths('route')).toEqual(Object.keys(routeEntryPoints).sort());
});

for (const [route, entry] of Object.entries(routeEntryPoints)) {
  test(`${route} changes nothing, and answers only callers with the right`, async ({ target }) => {
    const before = await databaseState(target);
    for (const [turn, caller] of callers.entries()) {
      const cookies = caller === 'nobody' ? {} : target.people[caller].cookieHeader();
      for (const path of entry.paths(target.records('attack'))) {
        for (const [at, method] of methods.entries()) {
          // A full run tries all of them. A short run tries each pair of caller and method with each origin
          // in turn.
          for (const origin of times(origins, [origins[(turn + at) % origins.length]])) {
            const headers = { ...cookies, ...(origin ? { origin } : {}), ...claims(target) };
            const answer = await exchange(target.url, path, { method, headers });
            const case_ = `${caller} ${method} ${path} from ${origin}`;
            expect([case_, ...leaks(answer, caller, target)]).toEqual([case_]);
            // The framework lists the methods of a handler to any caller, and nothing else.
            if (method === 'OPTIONS' || !isBelow(caller, entry.role)) continue;
            expect([case_, answer.status]).not.toEqual([case_, 200]);
          }
        }
      }
    }
    expect(await databaseState(target)).toEqual(before);
  });
}

test('control: callers with the right get an answer', async ({ target }) => {
  for (const path of routeEntryPoints['/users/suggestions']!.paths(target.records('attack'))) {
    const answer = await target.people.viewer.get(path);
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('planted-');
  }
});

test('no other endpoint of the library is open, not even signing out', async ({ target }) => {
  const body = new URLSearchParams({ username: target.names.admin, password });
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    origin: 'https://evil.example',
    ...target.people.admin.cookieHeader(),
  };
  const before = await databaseState(target);
  for (const path of closedPaths) {
    for (const method of ['GET', 'POST']) {
      const sent = { method, headers, ...(method === 'POST' && { body: Buffer.from(`${body}`) }) };
      const answer = await exchange(target.url, `/api/auth/${path}`, sent);
      expect([method, path, answer.status]).toEqual([method, path, 404]);
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
  }
  expect((await target.people.admin.get('/keys')).status).toBe(200);
  expect(await databaseState(target)).toEqual(before);
});

const closedPaths = [
  ...['callback/credentials', 'signin/credentials', 'signin/oidc', 'signin', 'signout', 'session'],
  ...['csrf', 'providers', 'error', 'verify-request', 'callback/none'],
];

/** Claims in headers, which must not be believed. */
const claims = ({ sessionId }: Target) => ({
  'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy',
  'x-keydesk-session': sessionId,
  'x-forwarded-host': 'evil.example',
  'x-forwarded-for': '127.0.0.1',
});
