import { pagePool } from '@/db/client';
import { createAdministrator } from '@/lib/auth/administrator-accounts';
import { endAllSessions } from '@/lib/auth/end-all-sessions';
import { linkIdentity, unlinkIdentities } from '@/lib/auth/oidc/link-identity';
import type { ProviderPerson } from '@/lib/auth/oidc/provider-person';
import { signInWithProvider } from '@/lib/auth/oidc/sign-in-with-provider';
import { signInWithCode } from '@/lib/auth/sign-in-with-code';
import { setOwnKeyRule } from '@/lib/keys/policy/own-key-rule';
import { findSessionKeyOwner } from '@/lib/sessions/own-keys-session';
import { findSessionOwner } from '@/lib/sessions/session';
import { disableUser } from '@/lib/users/disable-user';
import { codeNow, giveSecondFactor } from '../helpers/accounts';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { ada, insertPeople, insertUser, otto } from '../helpers/people';
import { useSettings } from '../helpers/settings';
import { untilLockAwaited } from '../helpers/waiting';
import { providerSettings } from '../oidc/start-provider';
import { setRule } from './helpers';

const issuer = 'https://id.example.org/';
const visit = { address: '192.0.2.7', userAgent: 'Jest' };
const system = { id: null, username: 'system', address: 'local' };
const address = 'alice@example.org';

const alice = (more: Partial<ProviderPerson> = {}): ProviderPerson => ({
  ...{ issuer, subject: 'a-1', username: 'alice', verifiedEmail: address, groups: ['staff'] },
  ...{ authTime: Math.floor(Date.now() / 1_000), ...more },
});
const enter = (person = alice()) => signInWithProvider({ person, visit, reauthentication: null });

async function enterAs(person = alice()): Promise<string> {
  const result = await enter(person);
  if (result.outcome !== 'signed-in') throw new Error(JSON.stringify(result));
  return result.sessionId;
}
/** Who a session belongs to, and as what. */
async function whoIs(sessionId: string): Promise<string | null> {
  const administrator = await findSessionOwner(sessionId, '');
  const owner = await findSessionKeyOwner(sessionId, '');
  if (administrator && owner) throw new Error('A session is of two kinds.');
  return administrator ? administrator.role : owner && `owner ${owner.username}`;
}
const rows = async <Row>(text: string): Promise<Row[]> => (await pagePool().query(text)).rows;
const links = () => rows<{ subject: string }>('select subject from federated_identity');
const lastRefusal = async () => {
  const [row] = await rows<{ details: Record<string, unknown> }>(
    `select details from audit_event where outcome = 'refused' order by seq desc limit 1`,
  );
  return row?.details;
};
const settingsOf = (more: Record<string, string> = {}) =>
  useSettings({
    ...{ ...providerSettings(issuer), DATABASE_URL: process.env.DATABASE_URL ?? '' },
    ...{ REQUIRE_SECOND_FACTOR: '', OIDC_LINK_BY: 'email', ...more },
  });

useTestDatabase();
beforeEach(async () => {
  settingsOf();
  await emptyDatabase();
  await insertPeople();
  await setRule('switch-off');
});
afterAll(() => useSettings({ OIDC_LINK_BY: '', REQUIRE_SECOND_FACTOR: '' }));

type User = NonNullable<Parameters<typeof insertUser>[1]> & { username?: string };
const user = (more: User = {}): User => ({ username: 'alice', email: address, ...more });
const gone = { active: false, deletedAt: new Date() };

describe('the first sign-in without a role', () => {
  it.each<[string, User[], Partial<ProviderPerson>, 'email' | 'username']>([
    ['the address', [user()], {}, 'email'],
    ['the address in other case', [user({ email: 'Alice@Example.ORG' })], {}, 'email'],
    ['the address, under another name', [user({ username: 'al' })], {}, 'email'],
    ['the address, whose other user is deleted', [user(), user({ ...gone })], {}, 'email'],
    ['the username', [user({ email: '' })], { verifiedEmail: null }, 'username'],
    ['the username in other case', [user({ username: 'Alice' })], {}, 'username'],
  ])('links the person to the one user of %s', async (_, users, claims, by) => {
    settingsOf({ OIDC_LINK_BY: by });
    for (const { username = '', ...more } of users) await insertUser(username, more);
    const sessionId = await enterAs(alice(claims));
    expect(await whoIs(sessionId)).toMatch(/^owner/);
    expect(await links()).toEqual([{ subject: 'a-1' }]);
    const [event] = await rows(`select actor, target, details from audit_event
      where action = 'user.link'`);
    expect(event).toMatchObject({ details: { issuer, subject: 'a-1', by } });
  });

  const email = 'email' as const;
  const username = 'username' as const;
  it.each<[string, User[], Partial<ProviderPerson>, 'email' | 'username' | 'nothing']>([
    ['no verified email', [user()], { verifiedEmail: null }, email],
    ['no user', [], {}, email],
    ['no user', [user({ email: '' })], {}, email],
    ['no user', [user({ ...gone })], {}, email],
    ['no user', [user({ email: 'alice@example.org.evil.example' })], {}, email],
    // Kelvin sign: the database and JavaScript make it a "k".
    [
      'no user',
      [user({ email: 'kate@example.org' })],
      { verifiedEmail: '\u212Aate@example.org' },
      email,
    ],
    [
      'no user',
      [user({ email: '\u212Aate@example.org' })],
      { verifiedEmail: 'kate@example.org' },
      email,
    ],
    ['no user', [user({ email: '\u0430lice@example.org' })], {}, email],
    ['no user', [user()], { verifiedEmail: 'alice%@example.org' }, email],
    ['several users', [user(), user({ username: 'al', email: 'ALICE@example.org' })], {}, email],
    ['several users', [user(), user({ username: 'bot', kind: 'service' })], {}, email],
    ['several users', [user(), user({ username: 'old', active: false })], {}, email],
    ['several users', [user(), user({ username: 'boss', role: 'admin' })], {}, email],
    ['an administrator', [user({ role: 'viewer' })], {}, email],
    ['an administrator', [user({ role: 'admin' })], {}, username],
    ['a service', [user({ kind: 'service' })], {}, email],
    ['a service', [user({ kind: 'service' })], {}, username],
    ['disabled', [user({ active: false })], {}, email],
    ['no user', [user()], { username: 'аlice' }, username],
    ['no user', [user()], { username: 'ali\u200bce' }, username],
    ['no user', [user()], { username: 'ａlice' }, username],
    ['no username', [user()], { username: '' }, username],
    ['linked by command only', [user()], {}, 'nothing'],
  ])('is refused and stores no link: %s %#', async (why, users, claims, by) => {
    settingsOf({ OIDC_LINK_BY: by });
    for (const { username = '', ...more } of users) await insertUser(username, more);
    // One answer for all, so that nobody learns who is in the directory.
    expect(await enter(alice(claims))).toEqual({ outcome: 'refused', because: 'no-user' });
    expect(await lastRefusal()).toMatchObject({ because: 'no-user', why, subject: 'a-1' });
    expect(await links()).toEqual([]);
    expect(await rows('select from session')).toEqual([]);
  });

  it('never takes a user who is linked, with this provider or another one', async () => {
    await insertUser('alice', { email: address });
    await enterAs();
    const refused = { outcome: 'refused', because: 'no-user' };
    // The address was given to a new colleague, or somebody else got it.
    expect(await enter(alice({ subject: 'a-2' }))).toEqual(refused);
    expect(await lastRefusal()).toMatchObject({ why: 'linked to somebody else' });
    expect(await enter(alice({ issuer: 'https://other.example/' }))).toEqual(refused);
    expect(await links()).toEqual([{ subject: 'a-1' }]);
  });

  it('counts once: then the subject decides, whatever becomes of the address', async () => {
    await insertUser('alice', { email: address });
    await insertUser('bob', { email: 'bob@example.org' });
    await enterAs();
    const moved = alice({ verifiedEmail: 'bob@example.org', username: 'bob' });
    expect(await whoIs(await enterAs(moved))).toBe('owner alice');
    expect(await links()).toHaveLength(1);
  });

  it('is possible again after the link of the wrong person was removed', async () => {
    await insertUser('alice', { email: address });
    const wrong = await enterAs(alice({ subject: 'a-2' }));
    expect(await unlinkIdentities(system, 'alice')).toMatchObject({ outcome: 'unlinked' });
    expect(await whoIs(wrong)).toBeNull();
    expect(await unlinkIdentities(system, 'alice')).toEqual({ outcome: 'none' });
    expect(await unlinkIdentities(system, 'nobody')).toEqual({ outcome: 'unknown' });
    expect(await whoIs(await enterAs())).toBe('owner alice');
  });

  it('of the same person several times at once makes one link', async () => {
    await insertUser('alice', { email: address });
    const results = await Promise.all([enter(), enter(), enter(), enter()]);
    expect(results.map(({ outcome }) => outcome)).toEqual(Array(4).fill('signed-in'));
    expect(await links()).toHaveLength(1);
  });

  it('is tried again when the database ends it, because an administrator is changed the other way round', async () => {
    const id = await insertUser('alice', { email: address });
    const [linking, changing] = [await pagePool().connect(), await pagePool().connect()];
    try {
      await linking.query('begin');
      await linking.query('select 1 from directory_user where id = $1 for no key update', [id]);
      await linking.query(
        'insert into federated_identity (issuer, subject, user_id) values ($1, $2, $3)',
        [issuer, 'a-1', id],
      );
      const entering = enter();
      await untilLockAwaited();
      await changing.query(`begin; set local deadlock_timeout = '1min'`);
      await changing.query(`select 1 from directory_user where username = 'ada' for no key update`);
      await linking.query('commit');
      await untilLockAwaited();
      // The sign-in holds alice and waits for ada, so it is the one that ends.
      await changing.query('select 1 from directory_user where id = $1 for no key update', [id]);
      await changing.query('commit');
      expect((await entering).outcome).toBe('signed-in');
    } finally {
      for (const client of [linking, changing]) client.release(true);
    }
  });

  it('of two people with one address at once lets one in', async () => {
    await insertUser('alice', { email: address });
    const two = ['a-1', 'a-2', 'a-3'].map((subject) => enter(alice({ subject })));
    const results = (await Promise.all(two)).map(({ outcome }) => outcome).sort();
    expect(results).toEqual(['refused', 'refused', 'signed-in']);
    expect(await links()).toHaveLength(1);
  });

  it('stores nothing while the policy is off', async () => {
    await setRule('off');
    await insertUser('alice', { email: address });
    expect(await enter()).toEqual({ outcome: 'refused', because: 'no-group' });
    expect(await links()).toEqual([]);
  });
});

describe('a known person', () => {
  it('linked by a command signs in without any claim, but not a service', async () => {
    settingsOf({ OIDC_LINK_BY: 'nothing' });
    const id = await insertUser('alice');
    await linkIdentity(system, 'alice', { issuer, subject: 'a-1' });
    expect(await whoIs(await enterAs(alice({ verifiedEmail: null })))).toBe('owner alice');
    await pagePool().query(`update directory_user set kind = 'service' where id = $1`, [id]);
    expect(await enter()).toEqual({ outcome: 'refused', because: 'no-group' });
  });

  it('who loses the last group keeps their keys, and nothing of the role', async () => {
    const before = await enterAs(alice({ groups: ['desk-ops'] }));
    expect(await whoIs(before)).toBe('operator');
    const after = await enterAs();
    expect(await whoIs(before)).toBeNull();
    expect(await whoIs(after)).toBe('owner alice');
    expect(await whoIs(await enterAs(alice({ groups: ['desk-ops'] })))).toBe('operator');
    expect(await whoIs(after)).toBeNull();
  });

  it('with a role that no group gives is refused, as before', async () => {
    await linkIdentity(system, 'otto', { issuer, subject: 'a-1' });
    await pagePool().query(`update directory_user set password_hash = 'x' where id = $1`, [
      otto.id,
    ]);
    expect(await enter()).toEqual({ outcome: 'refused', because: 'no-group' });
    expect(await rows('select from session')).toEqual([]);
  });

  it('is not re-authenticated without a group', async () => {
    const before = await enterAs(alice({ groups: ['desk-ops'] }));
    const owner = await findSessionOwner(before, '');
    const reauthentication = owner && { sessionId: before, owner };
    const result = await signInWithProvider({ person: alice(), visit, reauthentication });
    expect(result).toEqual({ outcome: 'refused', because: 'no-group' });
    expect(await whoIs(before)).toBeNull();
  });
});

describe('a session of one’s own keys', () => {
  let id: string;
  let sessionId: string;
  beforeEach(async () => {
    id = await insertUser('alice', { email: address });
    sessionId = await enterAs();
    expect(await whoIs(sessionId)).toBe('owner alice');
  });

  it.each([
    ['the policy is off', () => setOwnKeyRule(ada, { ownKeys: 'off' })],
    ['the user is disabled', () => disableUser(ada, { id, keys: 0, keyAction: 'keep', to: '' })],
    ['everybody is signed out', () => endAllSessions(system)],
    ['the user is linked anew', () => linkIdentity(system, 'alice', { issuer, subject: 'a-9' })],
    [
      'the user is a service',
      () =>
        pagePool().query(`update directory_user set kind = 'service'
      where username = 'alice'`),
    ],
    [
      'it was idle for 30 minutes',
      () =>
        pagePool().query(`update session
      set last_seen_at = now() - interval '30 minutes 1 second'`),
    ],
    [
      'it is 12 hours old',
      () =>
        pagePool().query(`update session
      set created_at = now() - interval '12 hours 1 second'`),
    ],
    ['a second factor is required', async () => settingsOf({ REQUIRE_SECOND_FACTOR: 'true' })],
  ])('ends when %s', async (_, change) => {
    await change();
    expect(await whoIs(sessionId)).toBeNull();
  });

  it('ends for good with the policy, and does not come back with it', async () => {
    await setOwnKeyRule(ada, { ownKeys: 'off' });
    await setOwnKeyRule(ada, { ownKeys: 'regenerate' });
    expect(await whoIs(sessionId)).toBeNull();
    expect(await whoIs(await enterAs())).toBe('owner alice');
  });

  it('never becomes one of an administrator', async () => {
    await pagePool().query(`update directory_user set role = 'admin' where id = $1`, [id]);
    expect(await whoIs(sessionId)).toBeNull();
    await pagePool().query('update directory_user set role = null where id = $1', [id]);
    expect(await whoIs(sessionId)).toBe('owner alice');
    await createAdministrator(system, {
      username: 'alice',
      password: 'a long password',
      role: 'admin',
    });
    expect(await rows('select from session')).toEqual([]);
  });

  it('is not what is left of one of an administrator', async () => {
    const before = await enterAs(
      alice({ subject: 'o-1', username: 'oscar', groups: ['desk-ops'] }),
    );
    await pagePool().query(`update directory_user set role = null where username = 'oscar'`);
    expect(await whoIs(before)).toBeNull();
  });
});

describe('a second factor', () => {
  it('that is required keeps out who cannot set one up', async () => {
    settingsOf({ REQUIRE_SECOND_FACTOR: 'true' });
    await insertUser('alice', { email: address });
    for (const link of [false, true]) {
      if (link) await linkIdentity(system, 'alice', { issuer, subject: 'a-1' });
      expect(await enter()).toEqual({ outcome: 'refused', because: 'no-second-factor' });
      expect(await links()).toHaveLength(Number(link));
    }
    expect(await rows('select from session')).toEqual([]);
  });

  it('of former administrators is asked for, and opens their keys alone', async () => {
    settingsOf({ REQUIRE_SECOND_FACTOR: 'true' });
    const id = await insertUser('alice', { email: address });
    await giveSecondFactor({ ...ada, id });
    const begun = await enter();
    if (begun.outcome !== 'code-needed') throw new Error(begun.outcome);
    const { pendingId } = begun;
    expect(await signInWithCode({ pendingId, code: '000000' }, visit)).toEqual({
      outcome: 'refused',
    });
    const done = await signInWithCode({ pendingId, code: await codeNow() }, visit);
    if (done.outcome !== 'signed-in') throw new Error(done.outcome);
    expect(await whoIs(done.sessionId)).toBe('owner alice');
  });

  it('that waits for its code ends with the policy and with a role', async () => {
    const id = await insertUser('alice', { email: address });
    await giveSecondFactor({ ...ada, id });
    const begun = await enter();
    if (begun.outcome !== 'code-needed') throw new Error(begun.outcome);
    await setRule('off');
    const code = await codeNow();
    expect(await signInWithCode({ ...begun, code }, visit)).toEqual({ outcome: 'over' });
    await setRule('switch-off');
    await createAdministrator(system, {
      username: 'alice',
      password: 'a long password',
      role: 'admin',
    });
    expect(await signInWithCode({ ...begun, code }, visit)).toEqual({ outcome: 'over' });
  });
});
