import { readFileSync } from 'node:fs';
import { cookieNameAt } from '../helpers/cookie-name';
import { times } from '../helpers/times';
import { expect, test } from './helpers/attack-test';
import { builtActions } from './helpers/build';
import { callAction, type Way } from './helpers/call-action';
import { control, idOf, ways } from './helpers/control';
import { actionEntryPoints } from './helpers/entry-points';
import { databaseState, leaks } from './helpers/evidence';
import { type Caller, callers, isBelow, type Target } from './helpers/planted';

test.describe.configure({ mode: 'default', timeout: 240_000 });

type Disguise = [name: string, headers: Record<string, string>];

const isFull = times(true, false);

/** Requests that no page of ours sends. They are refused for every caller. */
const foreign = (url: string): Disguise[] => [
  ['foreign Origin', { origin: 'https://evil.example' }],
  ['Origin null', { origin: 'null' }],
  ['no Origin', {}],
  ['Origin that begins like ours', { origin: `${url}.evil.example` }],
  ['foreign Origin and forwarded host', forwarded('https://evil.example')],
  ['no Origin but a Referer', { referer: `${url}/keys` }],
  ['our Origin, cross-site', { origin: url, 'sec-fetch-site': 'cross-site' }],
];

/** Requests from our own pages by callers without the right. They are refused whatever they claim. */
const forged = ({ url, sessionId }: Target): Disguise[] => [
  ['plain', { origin: url }],
  ['middleware subrequest', { origin: url, 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy' }],
  ['forwarded action', { origin: url, 'x-action-forwarded': '1' }],
  ['router request', { origin: url, rsc: '1', 'next-router-state-tree': '%5B%22%22%5D' }],
  ['our own headers', { origin: url, 'x-keydesk-address': '::1', 'x-keydesk-path': '/login' }],
  [
    'a session id for a cookie',
    { origin: url, cookie: `${cookieNameAt(url, 'session')}=${sessionId}` },
  ],
];

const forwarded = (origin: string) => ({
  origin,
  'x-forwarded-host': new URL(origin).host,
  'x-forwarded-proto': 'https',
});

test('every action of the build is known here, and no other', () => {
  const names = builtActions().map(({ name }) => name);
  expect(names.sort()).toEqual(Object.keys(actionEntryPoints).sort());
});

for (const [at, [name, entry]] of Object.entries(actionEntryPoints).entries()) {
  test(`${name} does nothing for callers without the right, or from other sites`, async ({
    target,
    withoutProxy,
  }) => {
    const before = await databaseState(target);
    for (const attempt of attempts(target, name, withoutProxy)) await attack(target, name, attempt);
    expect(await databaseState(target)).toEqual(before);
  });

  const { shownIn } = entry;
  if (shownIn) {
    test(`control: what ${name} does is shown in ${shownIn.file}`, () => {
      expect(readFileSync(shownIn.file, 'utf8')).toContain(shownIn.word);
    });
  } else {
    // `actions.slow.spec.ts` takes the other way.
    control(name, ways[at % 2]!);
  }
}

const withSession = callers.filter((caller) => caller !== 'nobody');

for (const name of ['switchOffOwnKeyAction', 'regenerateOwnKeyAction']) {
  test(`${name} changes no key of somebody else, whoever calls it`, async ({ target }) => {
    const before = await databaseState(target);
    const records = target.records('attack');
    for (const caller of withSession) {
      for (const way of ways) {
        const id = caller === 'owner' ? records.key('extra') : records.ownKey('look');
        const answer = await callAction({
          ...{ origin: target.url, id: idOf(name), way, browser: target.people[caller] },
          ...{ page: '/me', headers: { origin: target.url } },
          fields: { id, ...(name.startsWith('regenerate') && { version: '1' }) },
        });
        expect([caller, ...leaks(answer, caller, target)]).toEqual([caller]);
      }
    }
    expect(await databaseState(target)).toEqual(before);
  });
}

type Attempt = { caller: Caller; disguise: Disguise; way: Way };

/**
 * A full run tries every combination. A short run tries each pair: this action with every caller, with every
 * disguise and in both ways. Origin is checked before session and role, so a foreign one is refused for every
 * caller. With the proxy, which only adds checks, it tries one plain call of each caller without the right.
 */
function attempts(target: Target, name: string, withoutProxy: boolean): Attempt[] {
  const below = callers.filter((caller) => isBelow(caller, actionEntryPoints[name]!.role));
  const from = (who: readonly Caller[], disguises: Disguise[]) =>
    who.flatMap((caller) =>
      disguises.flatMap((disguise) => ways.map((way) => ({ caller, disguise, way }))),
    );
  const everything = [...from(callers, foreign(target.url)), ...from(below, forged(target))];
  if (isFull) return everything;
  const [plain] = forged(target) as [Disguise];
  if (!withoutProxy) return from(below, [plain]);
  const offset = Object.keys(actionEntryPoints).indexOf(name);
  const inTurn = (who: readonly Caller[], disguises: Disguise[]) =>
    disguises.flatMap((disguise, at) => {
      const caller = who[(offset + at) % who.length];
      const way = ways[Math.floor((offset + at) / who.length) % 2] as Way;
      return caller ? [{ caller, disguise, way }] : [];
    });
  return [
    ...below.map((caller, at) => ({
      caller,
      disguise: plain,
      way: ways[(offset + at) % 2] as Way,
    })),
    ...inTurn(callers, foreign(target.url)),
    ...inTurn(below, forged(target).slice(1)),
  ];
}

async function attack(target: Target, name: string, { caller, disguise, way }: Attempt) {
  const entry = actionEntryPoints[name]!;
  const records = target.records('attack');
  const browser = caller === 'nobody' ? undefined : target.people[caller];
  const [page, fields] = [entry.page(records), entry.fields(records, target)];
  const [shown, headers] = disguise;
  const call = { origin: target.url, id: idOf(name), way, browser, headers, page, fields };
  const answer = await callAction(call);
  const case_ = `${caller}, ${shown}, ${way}`;
  const found = leaks(answer, caller, target, JSON.stringify(fields));
  expect([case_, ...found]).toEqual([case_]);
  expect([case_, sessionCookies(answer.headers['set-cookie'])]).toEqual([case_, []]);
}

/** A refused sign-in must not leave a session. */
function sessionCookies(lines: string[] = []): string[] {
  return lines.filter((line) => /keydesk\.session=[^;]/.test(line));
}
