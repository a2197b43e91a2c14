import { database, pagePool } from '@/db/client';
import { createKey } from '@/lib/keys/create-key';
import { findLinkState, findOpenHandOver } from '@/lib/keys/hand-over/find-hand-over';
import { proofOf } from '@/lib/keys/hand-over/seal';
import { stopCollected } from '@/lib/keys/hand-over/stop-collected';
import type { Visitor } from '@/lib/keys/hand-over/visitor';
import { setOwnKeyRule } from '@/lib/keys/policy/own-key-rule';
import { endSession, startSession } from '@/lib/sessions/session';
import { changeUser } from '@/lib/users/change-user';
import { disableUser } from '@/lib/users/disable-user';
import { giveSecondFactor } from '../helpers/accounts';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { countRows, keyRequest, makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto } from '../helpers/people';
import { useSettings } from '../helpers/settings';
import { times } from '../helpers/times';
import { untilLockAwaited } from '../helpers/waiting';
import { setRule } from '../my-keys/helpers';
import { providerSettings } from '../oidc/start-provider';
import { collect, collectAs, type Link, linkOf, replacementFor, statusOf } from './helpers';

useTestDatabase();
const visit = { address: '203.0.113.9', userAgent: 'Jest' };
const provider = (more: Record<string, string> = {}) =>
  useSettings({
    ...{ ...providerSettings('https://id.example.org/'), REQUIRE_SECOND_FACTOR: '' },
    ...{ DATABASE_URL: process.env.DATABASE_URL ?? '', ...more },
  });
const noProvider = Object.fromEntries(Object.keys(providerSettings('')).map((name) => [name, '']));
const wish = { term: '24h', withCode: false, signOn: true } as const;

async function signedIn(id: string, username: string): Promise<Visitor> {
  return { id, username, sessionId: await startSession(database(), id, visit) };
}

async function signOnKey(username: string): Promise<Link & { key: string }> {
  const made = await makeKey(otto, username, { handOver: wish });
  return { key: made.id, ...linkOf(made.handOver ?? { link: '', code: null }) };
}

let [alice, bob]: Visitor[] = [];
let aliceId: string;
beforeEach(async () => {
  provider();
  await emptyDatabase();
  await insertPeople();
  await setRule('switch-off');
  aliceId = await insertUser('alice');
  alice = await signedIn(aliceId, 'alice');
  bob = await signedIn(await insertUser('bob'), 'bob');
});
afterAll(() => useSettings(noProvider));

const events = async (key: string) => {
  const { rows } = await pagePool().query(
    `select concat_ws(' ', actor, action, outcome, details ->> 'proof', details ->> 'reason') as line
     from audit_event where target_id = $1 order by seq`,
    [key],
  );
  return rows.map(({ line }) => line);
};
const outcomeOf = async (result: Promise<{ outcome: string }>) => (await result).outcome;

describe('a link for its user alone', () => {
  it('is opened by its user, signed in, and by nobody else before or after', async () => {
    const link = await signOnKey('alice');
    expect(link.code).toBeNull();
    expect(await findLinkState(link.id)).toEqual({
      ...{ state: 'there', asksCode: false, asksSignOn: true },
    });
    expect(await findOpenHandOver(otto, link.key)).toMatchObject({
      ...{ signOn: true, withCode: false, onlyFor: { username: 'alice', where: 'Example ID' } },
    });
    expect(await outcomeOf(collect(link))).toBe('sign-in-needed');
    expect(await outcomeOf(collectAs(bob ?? null, link))).toBe('other-person');
    expect((await statusOf(link.key)).active).toBe(false);
    expect(await outcomeOf(collectAs(alice ?? null, link))).toBe('collected');
    expect((await statusOf(link.key)).active).toBe(true);
    expect(await outcomeOf(collectAs(bob ?? null, link))).toBe('other-person');
    expect(await collectAs(alice ?? null, link)).toMatchObject({
      ...{ outcome: 'collected-before', from: '203.0.113.9', mayStop: true },
    });
    expect(await events(link.key)).toEqual([
      ...['otto key.create done', 'otto key.hand-over done sign-on'],
      'hand-over link key.collect refused not signed in',
      'bob key.collect refused somebody else',
      'alice key.collect done sign-on',
      'bob key.collect refused somebody else',
    ]);
  });

  it('is not used up by somebody else with an account, however often', async () => {
    const link = await signOnKey('alice');
    for (let tries = 0; tries < 10; tries++) {
      expect(await outcomeOf(collectAs(bob ?? null, link, '123456'))).toBe('other-person');
    }
    expect(await outcomeOf(collectAs(alice ?? null, link))).toBe('collected');
  });

  it('is not for an administrator who is not its user, and is for one who is', async () => {
    const admin = await signedIn(ada.id, 'ada');
    const link = await signOnKey('alice');
    expect(await outcomeOf(collectAs(admin, link))).toBe('other-person');
    const own = await signOnKey('ada');
    expect(await findOpenHandOver(otto, own.key)).toMatchObject({
      onlyFor: { username: 'ada', where: 'this Keydesk' },
    });
    expect(await outcomeOf(collectAs(admin, own))).toBe('collected');
  });

  it('brings a new secret of an old key too', async () => {
    const { id } = await makeKey(otto, 'alice');
    const link = await replacementFor(id, 1, { handOver: wish });
    expect(await outcomeOf(collectAs(bob ?? null, link))).toBe('other-person');
    expect((await statusOf(id)).version).toBe(1);
    expect(await outcomeOf(collectAs(alice ?? null, link))).toBe('collected');
    expect((await statusOf(id)).version).toBe(2);
  });

  it('switches the key off afterwards for its user alone', async () => {
    const link = await signOnKey('alice');
    await collectAs(alice ?? null, link);
    const stop = (visitor: Visitor | null) =>
      outcomeOf(
        stopCollected({
          ...{ id: link.id, proof: proofOf(link.fragment) },
          ...{ address: visit.address, visitor },
        }),
      );
    expect([await stop(null), await stop(bob ?? null)]).toEqual(['sign-in-needed', 'other-person']);
    expect((await statusOf(link.key)).active).toBe(true);
    expect(await stop(alice ?? null)).toBe('switched-off');
    expect((await events(link.key)).at(-1)).toMatch(/^alice key\.deactivate done/);
  });

  it('tells a wrong link from nothing, whoever is signed in', async () => {
    const [link, other] = [await signOnKey('alice'), await signOnKey('alice')];
    const wrong = { ...link, fragment: other.fragment };
    for (const visitor of [null, bob ?? null, alice ?? null]) {
      expect(await outcomeOf(collectAs(visitor, wrong))).toBe('wrong-link');
    }
  });

  it('asks a release that does not know of it for a code that nobody has', async () => {
    await signOnKey('alice');
    const known = 'select sign_on, octet_length(code_mac) as mac from hand_over';
    expect((await pagePool().query(known)).rows).toEqual([{ sign_on: true, mac: 32 }]);
    await expect(pagePool().query('update hand_over set code_mac = null')).rejects.toThrow(
      'hand_over_sign_on',
    );
  });
});

/** What keeps the user out, what they are told, and whether the link works once it is undone. */
const keptOut: [string, string, () => Promise<unknown>, (() => Promise<unknown>) | null][] = [
  ['who has signed out', 'sign-in-needed', () => endSession(database(), sessionOf()), null],
  ['who was idle for 30 minutes', 'sign-in-needed', () => idle(31), () => idle(0)],
  [
    'whose session is one from before they had a role',
    'sign-in-needed',
    () => sql(`update directory_user set role = 'viewer' where username = 'alice'`),
    () => sql(`update directory_user set role = null where username = 'alice'`),
  ],
  [
    'who is disabled, even with the session left over',
    'owner-disabled',
    () => sql(`update directory_user set active = false where username = 'alice'`),
    () => sql(`update directory_user set active = true where username = 'alice'`),
  ],
  [
    'while the policy is off, even with the session left over',
    'sign-on-off',
    () => setRule('off'),
    () => setRule('switch-off'),
  ],
  [
    'while no provider is set',
    'sign-on-off',
    async () => provider(noProvider),
    async () => provider(),
  ],
];
const sql = (text: string) => pagePool().query(text);
const sessionOf = () => alice?.sessionId ?? '';
const idle = (minutes: number) =>
  sql(`update session set last_seen_at = now() - interval '${minutes} minutes'`);

it.each(keptOut)('is not opened by its user %s, and not used up', async (_, said, keep, undo) => {
  const link = await signOnKey('alice');
  await keep();
  expect(await outcomeOf(collectAs(alice ?? null, link))).toBe(said);
  expect(await countRows('hand_over', 'sealed_secret is not null')).toBe(1);
  await (undo ?? (async () => (alice = await signedIn(aliceId, 'alice'))))();
  expect(await outcomeOf(collectAs(alice ?? null, link))).toBe('collected');
});

it('a session of somebody else in the name of its user opens nothing', async () => {
  const link = await signOnKey('alice');
  const forged = { id: aliceId, username: 'alice', sessionId: bob?.sessionId ?? '' };
  expect(await outcomeOf(collectAs(forged, link))).toBe('sign-in-needed');
});

describe('a service', () => {
  const change = { username: 'billing', displayName: '', email: '', active: true };

  it('is collected for by the responsible person, as they are now', async () => {
    const service = await insertUser('billing', { kind: 'service', responsibleId: aliceId });
    const link = await signOnKey('billing');
    expect(await findOpenHandOver(otto, link.key)).toMatchObject({
      onlyFor: { username: 'alice' },
    });
    expect(await outcomeOf(collectAs(bob ?? null, link))).toBe('other-person');
    await changeUser(otto, { ...change, id: service, kind: 'service', responsible: 'bob' });
    for (const visitor of [alice, bob]) {
      expect(await outcomeOf(collectAs(visitor ?? null, link))).toBe('over');
    }
    const next = await signOnKey('billing');
    expect(await outcomeOf(collectAs(alice ?? null, next))).toBe('other-person');
    expect(await outcomeOf(collectAs(bob ?? null, next))).toBe('collected');
  });

  it('waits while the responsible person is disabled', async () => {
    await insertUser('billing', { kind: 'service', responsibleId: aliceId });
    const link = await signOnKey('billing');
    await sql(`update directory_user set active = false where username = 'alice'`);
    expect(await outcomeOf(collectAs(alice ?? null, link))).toBe('sign-in-needed');
    expect(await findOpenHandOver(otto, link.key)).toMatchObject({ signOn: true, onlyFor: null });
  });
});

describe('nothing is made where nobody could open it:', () => {
  const refusalFor = async (username: string) => {
    const result = await createKey(otto, keyRequest(username, { handOver: wish }));
    expect(await countRows('hand_over')).toBe(0);
    return result.outcome === 'no-sign-on' ? result.message : result.outcome;
  };

  it('without a provider, without the policy, and for a service without a person', async () => {
    await insertUser('billing', { kind: 'service' });
    expect(await refusalFor('billing')).toContain('"billing" is a service');
    await setRule('off');
    expect(await refusalFor('alice')).toContain('the policy "My keys"');
    provider(noProvider);
    expect(await refusalFor('alice')).toContain('no single sign-on is set up');
  });

  it('for somebody who lacks the second factor that is required', async () => {
    provider({ REQUIRE_SECOND_FACTOR: 'true' });
    expect(await refusalFor('alice')).toContain('a second factor is required');
    await giveSecondFactor({ ...ada, id: aliceId });
    expect(await outcomeOf(createKey(otto, keyRequest('alice', { handOver: wish })))).toBe(
      'created',
    );
  });
});

/** Runs the statement in a transaction that commits only when the collection waits for it. */
async function meanwhile(link: Link, statement: string): Promise<string> {
  const client = await pagePool().connect();
  try {
    await client.query('begin');
    await client.query(statement);
    const collecting = outcomeOf(collectAs(alice ?? null, link));
    await untilLockAwaited();
    await client.query('commit');
    return await collecting;
  } finally {
    client.release();
  }
}

describe('what ends while a collection is under way is seen', () => {
  it.each([
    ['the session', 'delete from session', 'sign-in-needed'],
    ['the policy', `update key_policy set own_keys = 'off'`, 'sign-on-off'],
    [
      'the user',
      `update directory_user set active = false where username = 'alice'`,
      'owner-disabled',
    ],
  ])('%s', async (_, statement, said) => {
    const link = await signOnKey('alice');
    expect(await meanwhile(link, statement)).toBe(said);
    expect((await events(link.key)).join()).not.toContain('key.collect done');
    expect((await statusOf(link.key)).active).toBe(false);
  });
});

it('one of several sessions of its user gets it, and nobody else', async () => {
  const second = await signedIn(aliceId, 'alice');
  for (let round = 0; round < times(100, 5); round++) {
    const link = await signOnKey('alice');
    const all = [alice, second, bob, alice, second, bob].map((who) =>
      outcomeOf(collectAs(who ?? null, link)),
    );
    expect((await Promise.all(all)).sort()).toEqual([
      ...['collected', 'collected-before', 'collected-before', 'collected-before'],
      ...['other-person', 'other-person'],
    ]);
  }
});

it('a collection races the end of the policy and of the user without a deadlock', async () => {
  for (let round = 0; round < times(40, 4); round++) {
    await setRule('switch-off');
    await sql(`update directory_user set active = true where username = 'alice'`);
    alice = await signedIn(aliceId, 'alice');
    const link = await signOnKey('alice');
    const leave = { id: aliceId, keys: round + 1, to: '' };
    const end = () =>
      round % 2
        ? setOwnKeyRule(ada, { ownKeys: 'off' })
        : disableUser(otto, { ...leave, keyAction: 'keep' });
    const [result, ended] = await Promise.all([collectAs(alice, link), end()]);
    if (ended) expect(ended.outcome).toBe('done');
    expect(['collected', 'sign-on-off', 'sign-in-needed', 'owner-disabled']).toContain(
      result.outcome,
    );
    expect((await statusOf(link.key)).active).toBe(result.outcome === 'collected');
  }
});
