import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type Answer, exchange, type Sent } from '../helpers/plain-browser';
import { times } from '../helpers/times';
import { expect, test } from './helpers/attack-test';
import { builtPaths } from './helpers/build';
import { pageEntryPoints } from './helpers/entry-points';
import { leaks } from './helpers/evidence';
import { callers, isBelow } from './helpers/planted';

test.describe.configure({ mode: 'default', timeout: 240_000 });

/** Other spellings of an address, and other ways to request it. */
function variants(path: string): [string, Sent][] {
  const [bare = '', query] = path.split('?');
  const withQuery = (more: string) => `${bare}?${query ? `${query}&` : ''}${more}`;
  const encoded = `/%${bare.charCodeAt(1).toString(16)}${bare.slice(2)}`;
  const tree = encodeURIComponent('["",{"children":["__PAGE__",{}]},null,null,true]');
  const asked = (headers: Record<string, string>): [string, Sent] => [path, { headers }];
  return [
    [path, {}],
    ...[`/${path}`, `${bare}/`, `${bare}.`, `${bare}%2f`, `${bare};x=1`, encoded].map(plainly),
    ...[`${bare}.rsc`, `${bare}.json`, `${bare}.html`, `${bare}.txt`, `/.${path}`].map(plainly),
    ...[`${bare}.segments/_tree.segment.rsc`, `${bare}.segments/_full.segment.rsc`].map(plainly),
    ...[`/_next/data/build${bare}.json`, `/x/..${path}`, `/login/%2e%2e${path}`].map(plainly),
    ...[bare.toUpperCase(), `${bare}%00`, `\\${path.slice(1)}`, withQuery('_rsc=abc')].map(plainly),
    asked({ rsc: '1' }),
    asked({ rsc: '1', 'next-router-state-tree': tree }),
    asked({ rsc: '1', 'next-router-prefetch': '1' }),
    asked({ rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' }),
    asked({ rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_full' }),
    asked({ 'x-nextjs-data': '1' }),
    asked({ 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' }),
    asked({ 'x-middleware-rewrite': path, 'x-middleware-next': '1' }),
    asked({ 'x-matched-path': path, 'x-invoke-path': path, 'x-invoke-status': '200' }),
    asked({ 'next-resume': '1' }),
    asked({ host: 'evil.example', 'x-forwarded-host': 'evil.example' }),
    ...['HEAD', 'POST', 'PUT', 'OPTIONS'].map((method): [string, Sent] => [path, { method }]),
  ];
}

const plainly = (path: string): [string, Sent] => [path, {}];
const guarded = Object.entries(pageEntryPoints).filter(([, { role }]) => role !== 'nobody');

test('every page of the build is known here, and no other', () => {
  expect(builtPaths('page')).toEqual(Object.keys(pageEntryPoints).sort());
});

const withoutRole = { nobody: 'callers without a session', owner: 'an owner without a role' };

for (const caller of ['nobody', 'owner'] as const) {
  test(`a page shows nothing to ${withoutRole[caller]}, however it is requested`, async ({
    target,
    withoutProxy,
  }) => {
    const cookies = caller === 'nobody' ? {} : target.people[caller].cookieHeader();
    const refused = guarded.filter(([, { role }]) => isBelow(caller, role));
    // With the proxy, which only adds checks, each way is tried on every fourth page.
    const share = withoutProxy && caller === 'nobody' ? 1 : times(1, 4);
    for (const [at, [, entry]] of refused.entries()) {
      const all = variants(entry.path(target.records('attack')));
      for (const [path, sent] of all.filter((_, way) => (at + way) % share === 0)) {
        const headers = { ...cookies, ...sent.headers };
        const answer = await exchange(target.url, path, { ...sent, headers });
        const case_ = `${path} ${JSON.stringify(sent)}`;
        expect([case_, ...leaks(answer, caller, target, path)]).toEqual([case_]);
      }
      const path = entry.path(target.records('attack'));
      const plain = await exchange(target.url, path, { headers: cookies });
      expect(plain.status).toBe(307);
      expect(plain.headers.location).toMatch(/^\/login\?next=/);
    }
  });
}

test('a key of somebody else looks like none, to whoever asks for it', async ({ target }) => {
  const records = target.records('attack');
  for (const caller of callers.filter((one) => one !== 'nobody')) {
    const foreign = caller === 'owner' ? records.key('extra') : records.ownKey('look');
    for (const below of ['', '/regenerate', '/deactivate']) {
      const [path, elsewhere] = [`/me/${foreign}${below}`, `/me/${randomUUID()}${below}`];
      const answer = await target.people[caller].get(path);
      const absent = await target.people[caller].get(elsewhere);
      expect([caller, path, answer.status]).toEqual([caller, path, 404]);
      expect(withoutChance(answer, path)).toEqual(withoutChance(absent, elsewhere));
    }
  }
});

test('control: callers with the right see the page, and no secret in it or its payload', async ({
  target,
}) => {
  const records = target.records('attack');
  for (const [, entry] of guarded) {
    if (entry.shownIn) {
      expect(existsSync(entry.shownIn)).toBe(true);
      continue;
    }
    const path = entry.path(records);
    // Only the administrator who checked an import sees it, whatever the role of others.
    const who = target.people[entry.role as 'owner' | 'viewer' | 'operator'];
    // The framework refuses a payload unless its address names the headers of the request.
    const payload = `${path}${path.includes('?') ? '&' : '?'}_rsc`;
    const headers = { ...who.cookieHeader(), rsc: '1' };
    for (const answer of [await who.get(path), await exchange(target.url, payload, { headers })]) {
      expect([path, answer.status]).toEqual([path, 200]);
      expect(answer.text).toContain(entry.shows?.(records, target) ?? '');
      expect([path, ...leaks(answer, entry.role, target)]).toEqual([path]);
      expect(answer.headers['cache-control']).toContain('no-store');
    }
  }
});

test('a forbidden page looks like one that does not exist', async ({ target }) => {
  const records = target.records('attack');
  for (const [, entry] of guarded.filter(([, { role }]) => isBelow('viewer', role))) {
    const path = entry.path(records);
    const forbidden = await target.people.viewer.get(path);
    expect([path, forbidden.status]).toEqual([path, 404]);
    expect(forbidden.text).toContain('Page not found');
    const id = idIn(path);
    if (!id) continue;
    const elsewhere = path.replace(id, randomUUID());
    const absent = await target.people.viewer.get(elsewhere);
    expect([path, absent.status]).toEqual([path, 404]);
    expect(withoutChance(forbidden, path)).toEqual(withoutChance(absent, elsewhere));
  }
  for (const path of ['/keys/', '/users/']) {
    expect((await target.people.viewer.get(path + randomUUID())).status).toBe(404);
  }
});

const idIn = (path: string) => /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(path)?.[0];

/** The answer without its nonce and the requested id. */
function withoutChance({ text }: Answer, path: string): string {
  const nonce = /nonce="([^"]+)"/.exec(text)?.[1] ?? 'none';
  return text.replaceAll(nonce, '').replaceAll(idIn(path) ?? 'none', '');
}
