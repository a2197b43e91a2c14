import { readFileSync } from 'node:fs';
import { expect, test } from './helpers/attack-test';
import { builtActions } from './helpers/build';
import { callAction, type Way } from './helpers/call-action';
import { actionDoors } from './helpers/doors';
import { databaseState, leaks } from './helpers/evidence';
import { type Caller, callers, isBelow, type Target } from './helpers/planted';

test.describe.configure({ mode: 'default', timeout: 240_000 });

type Disguise = [name: string, headers: Record<string, string>];

const ways: Way[] = ['fetch', 'form'];

/** Requests that no page of ours sends: refused whoever is signed in. */
const foreign = (url: string): Disguise[] => [
  ['foreign Origin', { origin: 'https://evil.example' }],
  ['Origin null', { origin: 'null' }],
  ['no Origin', {}],
  ['Origin that begins like ours', { origin: `${url}.evil.example` }],
  ['foreign Origin and forwarded host', forwarded('https://evil.example')],
  ['no Origin but a Referer', { referer: `${url}/keys` }],
  ['our Origin, cross-site', { origin: url, 'sec-fetch-site': 'cross-site' }],
];

/** Requests from our own pages, by whom they are not for: refused whatever they claim to be. */
const forged = ({ url, sessionId }: Target): Disguise[] => [
  ['plain', { origin: url }],
  ['middleware subrequest', { origin: url, 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy' }],
  ['forwarded action', { origin: url, 'x-action-forwarded': '1' }],
  ['router request', { origin: url, rsc: '1', 'next-router-state-tree': '%5B%22%22%5D' }],
  ['our own headers', { origin: url, 'x-keydesk-address': '::1', 'x-keydesk-path': '/login' }],
  ['a session id for a cookie', { origin: url, cookie: `keydesk.session=${sessionId}` }],
];

const forwarded = (origin: string) => ({
  origin,
  'x-forwarded-host': new URL(origin).host,
  'x-forwarded-proto': 'https',
});

test('every action of the build is known here, and no other', () => {
  const names = builtActions().map(({ name }) => name);
  expect(names.sort()).toEqual(Object.keys(actionDoors).sort());
});

for (const [name, door] of Object.entries(actionDoors)) {
  test(`${name} does nothing for who may not, or from elsewhere`, async ({ target }) => {
    const before = await databaseState(target);
    for (const caller of callers) await attack(target, name, caller);
    expect(await databaseState(target)).toEqual(before);
  });

  const { shownIn } = door;
  if (shownIn) {
    test(`control: what ${name} does is shown in ${shownIn.file}`, () => {
      expect(readFileSync(shownIn.file, 'utf8')).toContain(shownIn.word);
    });
    continue;
  }
  for (const way of ways) {
    test(`control: ${name} by ${way} changes something for ${door.role}`, async ({ target }) => {
      const browser = door.role === 'nobody' ? undefined : await target.signIn(door.role);
      const before = await databaseState(target);
      const records = target.records(way);
      const answer = await callAction({
        ...{ origin: target.url, id: idOf(name), way, browser, page: door.page(records) },
        ...{ fields: door.fields(records, target), headers: { origin: target.url } },
      });
      expect(answer.status).toBeLessThan(400);
      expect(await databaseState(target)).not.toEqual(before);
      expect(leaks(answer, 'admin', target)).toEqual([]);
    });
  }
}

async function attack(target: Target, name: string, caller: Caller) {
  const door = actionDoors[name]!;
  const records = target.records('attack');
  const browser = caller === 'nobody' ? undefined : target.people[caller];
  const disguises = foreign(target.url);
  if (isBelow(caller, door.role)) disguises.push(...forged(target));
  for (const [at, [disguise, headers]] of disguises.entries()) {
    // A form answers with a whole page, which takes its time: every other disguise will do.
    for (const way of at % 2 ? (['fetch'] as const) : ways) {
      const [page, fields] = [door.page(records), door.fields(records, target)];
      const call = { origin: target.url, id: idOf(name), way, browser, headers, page, fields };
      const answer = await callAction(call);
      const case_ = `${caller}, ${disguise}, ${way}`;
      const found = leaks(answer, caller, target, JSON.stringify(fields));
      expect([case_, ...found]).toEqual([case_]);
      expect([case_, sessionCookies(answer.headers['set-cookie'])]).toEqual([case_, []]);
    }
  }
}

const idOf = (name: string) => builtActions().find((action) => action.name === name)?.id ?? '';

/** A sign-in that was refused must not leave a session behind. */
function sessionCookies(lines: string[] = []): string[] {
  return lines.filter((line) => /keydesk\.session=[^;]/.test(line));
}
