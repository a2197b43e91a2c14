import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type Answer, exchange } from '../helpers/plain-browser';
import { times } from '../helpers/times';
import { expect, test } from './helpers/attack-test';
import { builtPaths } from './helpers/build';
import { pageEntryPoints } from './helpers/entry-points';
import { leaks } from './helpers/evidence';
import { callers, isBelow } from './helpers/planted';
import { guarded, showNothingTo } from './helpers/refused-pages';

test.describe.configure({ mode: 'default', timeout: 240_000 });

test('every page of the build is known here, and no other', () => {
  expect(builtPaths('page')).toEqual(Object.keys(pageEntryPoints).sort());
});

showNothingTo('nobody', times(1, 4));
showNothingTo('owner', times(1, 4));

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
