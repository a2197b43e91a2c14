import { exchange, type Sent } from '../../helpers/plain-browser';
import { expect, test } from './attack-test';
import { pageEntryPoints } from './entry-points';
import { leaks } from './evidence';
import { isBelow } from './planted';

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
export const guarded = Object.entries(pageEntryPoints).filter(([, { role }]) => role !== 'nobody');

const withoutRole = { nobody: 'callers without a session', owner: 'an owner without a role' };

/** Defines a test that requests pages in every way, and in each way one page of `share`. */
export function showNothingTo(caller: 'nobody' | 'owner', share: number): void {
  test(`a page shows nothing to ${withoutRole[caller]}, however it is requested`, async ({
    target,
  }) => {
    const cookies = caller === 'nobody' ? {} : target.people[caller].cookieHeader();
    const refused = guarded.filter(([, { role }]) => isBelow(caller, role));
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
