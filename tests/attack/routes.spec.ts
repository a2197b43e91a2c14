import { exchange } from '../helpers/plain-browser';
import { expect, test } from './helpers/attack-test';
import { builtPaths } from './helpers/build';
import { routeDoors } from './helpers/doors';
import { databaseState, leaks } from './helpers/evidence';
import { callers, isBelow, password, type Target } from './helpers/planted';

test.describe.configure({ mode: 'default', timeout: 240_000 });

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const origins = [undefined, 'null', 'https://evil.example'];

test('every route handler of the build is known here, and no other', () => {
  expect(builtPaths('route')).toEqual(Object.keys(routeDoors).sort());
});

for (const [route, door] of Object.entries(routeDoors)) {
  test(`${route} changes nothing, and answers only who may ask`, async ({ target }) => {
    const before = await databaseState(target);
    for (const caller of callers) {
      const cookies = caller === 'nobody' ? {} : target.people[caller].cookieHeader();
      for (const path of door.paths(target.records('attack'))) {
        for (const method of methods) {
          for (const origin of origins) {
            const headers = { ...cookies, ...(origin ? { origin } : {}), ...claims(target) };
            const answer = await exchange(target.url, path, { method, headers });
            const case_ = `${caller} ${method} ${path} from ${origin}`;
            expect([case_, ...leaks(answer, caller, target)]).toEqual([case_]);
            // The framework tells the methods of a handler to anybody, and nothing else.
            if (method === 'OPTIONS' || !isBelow(caller, door.role)) continue;
            expect([case_, answer.status]).not.toEqual([case_, 200]);
          }
        }
      }
    }
    expect(await databaseState(target)).toEqual(before);
  });
}

test('control: who may ask is told', async ({ target }) => {
  for (const path of routeDoors['/users/suggestions']!.paths(target.records('attack'))) {
    const answer = await target.people.viewer.get(path);
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('planted-');
  }
});

test('nobody signs in past our own form: the library’s wants its own token', async ({ target }) => {
  const body = new URLSearchParams({ username: target.names.admin, password });
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    origin: 'https://evil.example',
  };
  const before = await databaseState(target);
  for (const path of ['callback/credentials', 'signin/credentials', 'signout', 'session']) {
    await exchange(target.url, `/api/auth/${path}`, {
      ...{ method: 'POST', headers, body: Buffer.from(`${body}`) },
    });
  }
  expect(await databaseState(target)).toEqual(before);
});

/** What a caller may claim of itself, and is not believed. */
const claims = ({ sessionId }: Target) => ({
  'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy',
  'x-keydesk-session': sessionId,
  'x-forwarded-host': 'evil.example',
  'x-forwarded-for': '127.0.0.1',
});
