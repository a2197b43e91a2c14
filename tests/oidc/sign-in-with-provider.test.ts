import { pagePool } from '@/db/client';
import type { Reauthentication } from '@/lib/auth/oidc/complete-sign-in';
import { linkIdentity } from '@/lib/auth/oidc/link-identity';
import { mappedRole } from '@/lib/auth/oidc/mapped-role';
import type { ProviderPerson } from '@/lib/auth/oidc/provider-person';
import { signInWithProvider } from '@/lib/auth/oidc/sign-in-with-provider';
import { prove } from '@/lib/auth/reauthenticate';
import { removeOwnSecondFactor } from '@/lib/auth/second-factor/remove';
import { findSessionOwner } from '@/lib/sessions/session';
import { codeNow, givePassword, giveSecondFactor, isLetIn } from '../helpers/accounts';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { ada, insertPeople, insertUser } from '../helpers/people';
import { useSettings } from '../helpers/settings';
import { signInAs } from '../helpers/sign-in';
import { providerSettings } from './start-provider';

const issuer = 'https://id.example.org/';
const visit = { address: '192.0.2.7', userAgent: 'Jest' };
const nowSeconds = () => Math.floor(Date.now() / 1_000);

const eve = (more: Partial<ProviderPerson> = {}): ProviderPerson => ({
  ...{ issuer, subject: 'e-1', username: 'eve', groups: ['desk-ops'], authTime: nowSeconds() },
  verifiedEmail: null,
  ...more,
});

const enter = (person = eve(), reauthentication: Reauthentication | null = null) =>
  signInWithProvider({ person, visit, reauthentication });

/** The owner of the session after a sign-in that must succeed. */
async function enterAs(person = eve(), reauthentication: Reauthentication | null = null) {
  const result = await enter(person, reauthentication);
  if (result.outcome !== 'signed-in') throw new Error(JSON.stringify(result));
  const owner = await findSessionOwner(result.sessionId, visit.address);
  if (!owner) throw new Error('The session is not alive.');
  return { sessionId: result.sessionId, owner };
}

const refused = (because: string) => ({ outcome: 'refused', because });

async function rows<Row>(text: string): Promise<Row[]> {
  return (await pagePool().query(text)).rows;
}

const userOf = async (username: string) =>
  (
    await rows<{ role: string | null; active: boolean }>(
      `select role, active from directory_user where username = '${username}'`,
    )
  )[0];

const events = async () =>
  (
    await rows<{ line: string }>(
      `select concat_ws(' ', actor, action, outcome, details ->> 'because') as line
       from audit_event order by seq`,
    )
  ).map(({ line }) => line);

useTestDatabase();
beforeEach(async () => {
  const database = { DATABASE_URL: process.env.DATABASE_URL ?? '', REQUIRE_SECOND_FACTOR: '' };
  useSettings({ ...providerSettings(issuer), ...database });
  await emptyDatabase();
  await insertPeople();
});

describe('groups', () => {
  it.each([
    [['desk-view', 'desk-admins', 'desk-ops'], 'admin'],
    [['desk-view', 'others'], 'viewer'],
    [['DESK-ADMINS', 'desk-admins '], null],
    [[], null],
  ])('%j give %s', (groups, role) => {
    expect(mappedRole(groups)).toBe(role);
  });
});

describe('the first sign-in', () => {
  it('makes a user with the role of the groups, and no password', async () => {
    const { owner } = await enterAs();
    expect(owner).toMatchObject({ username: 'eve', role: 'operator', reauthenticated: true });
    expect(await events()).toEqual(['eve administrator.create done', 'eve session.sign-in done']);
    expect(await rows('select password_hash from directory_user where username = $$eve$$')).toEqual(
      [{ password_hash: null }],
    );
  });

  it('without a mapped group stores only the refusal', async () => {
    expect(await enter(eve({ groups: ['others'] }))).toEqual(refused('no-group'));
    expect(await userOf('eve')).toBeUndefined();
    expect(await rows('select from federated_identity')).toHaveLength(0);
    expect(await events()).toEqual(['unknown session.sign-in refused no-group']);
  });

  it.each(['ada', 'ADA', ' ada ', 'ａda', '\u0430da'])(
    'as “%s”, whom the desk knows, is refused',
    async (username) => {
      expect(await enter(eve({ username }))).toEqual(refused('name-taken'));
      expect(await rows('select from federated_identity')).toHaveLength(0);
      const [event] = await rows<{ details: object }>('select details from audit_event');
      expect(event?.details).toMatchObject({ subject: 'e-1', issuer, because: 'name-taken' });
    },
  );

  it.each(['', 'x'.repeat(65), 'a\u202eb'])('with the name %j is refused', async (username) => {
    expect(await enter(eve({ username }))).toEqual(refused('no-username'));
  });

  it('twice at once makes one user', async () => {
    const results = await Promise.all([enter(), enter(), enter(), enter()]);
    expect(results.map(({ outcome }) => outcome)).toEqual(Array(4).fill('signed-in'));
    expect(await rows('select from federated_identity')).toHaveLength(1);
  });
});

describe('a known person', () => {
  it('is identified by subject, not by name: a new owner of the name is refused', async () => {
    const { owner } = await enterAs();
    expect((await enterAs(eve({ username: 'eve.new' }))).owner.id).toBe(owner.id);
    expect(await enter(eve({ subject: 'e-2' }))).toEqual(refused('name-taken'));
    expect(await enter(eve({ issuer: 'https://other.example/' }))).toEqual(refused('name-taken'));
  });

  it('has the role of the present groups, and older sessions end with the old role', async () => {
    const before = await enterAs(eve({ groups: ['desk-admins'] }));
    const same = await enterAs(eve({ groups: ['desk-admins'] }));
    expect(await isLetIn(before.sessionId)).toBe(true);
    expect((await enterAs(eve({ groups: ['desk-view'] }))).owner.role).toBe('viewer');
    expect(await Promise.all([before, same].map((one) => isLetIn(one.sessionId)))).toEqual([
      false,
      false,
    ]);
    expect(await events()).toContain('eve administrator.change-role done');
  });

  it('loses role and sessions with the last group, and regains the role with it', async () => {
    const { sessionId } = await enterAs();
    expect(await enter(eve({ groups: [] }))).toEqual(refused('no-group'));
    expect(await userOf('eve')).toEqual({ role: null, active: true });
    expect(await isLetIn(sessionId)).toBe(false);
    expect((await enterAs()).owner.role).toBe('operator');
  });

  it('is refused when disabled or deleted', async () => {
    await enterAs();
    await pagePool().query(`update directory_user set active = false where username = 'eve'`);
    expect(await enter()).toEqual(refused('disabled'));
    await pagePool().query(
      `update directory_user set role = null, deleted_at = now() where username = 'eve'`,
    );
    expect(await enter()).toEqual(refused('disabled'));
    expect(await rows(`select from directory_user where username = 'eve'`)).toHaveLength(1);
  });

  it('stays the last admin, but cannot sign in any more', async () => {
    await pagePool().query(`update directory_user set role = 'viewer' where username = 'ada'`);
    const { sessionId } = await enterAs(eve({ groups: ['desk-admins'] }));
    for (const groups of [['desk-view'], []]) {
      expect(await enter(eve({ groups }))).toEqual(refused('last-admin'));
    }
    expect(await userOf('eve')).toEqual({ role: 'admin', active: true });
    expect(await isLetIn(sessionId)).toBe(false);
  });

  it('one of two admins demoted at once stays', async () => {
    await pagePool().query(`update directory_user set role = 'viewer' where username = 'ada'`);
    const two = [eve(), eve({ subject: 'f-1', username: 'finn' })];
    for (const person of two) await enterAs({ ...person, groups: ['desk-admins'] });
    const results = await Promise.all(two.map((person) => enter(person)));
    expect(results.map(({ outcome }) => outcome).sort()).toEqual(['refused', 'signed-in']);
  });
});

describe('an admin', () => {
  const system = { id: null, username: 'system', address: 'local' };
  const link = (username = 'ada', subject = 'e-1') =>
    linkIdentity(system, username, { issuer, subject });

  it('links a subject to a user, whose sessions end', async () => {
    const sessionId = await signInAs(ada);
    expect(await link()).toEqual({ outcome: 'linked', username: 'ada' });
    expect(await isLetIn(sessionId)).toBe(false);
    const { owner } = await enterAs(eve({ groups: ['desk-admins'] }));
    expect(owner).toMatchObject({ id: ada.id, role: 'admin' });
  });

  it('cannot take a subject from an existing user, only from a deleted one', async () => {
    await enterAs();
    expect(await link()).toEqual({ outcome: 'taken', username: 'eve' });
    expect(await link('nobody')).toEqual({ outcome: 'unknown' });
    await pagePool().query(
      `update directory_user set role = null, active = false, deleted_at = now() where username = 'eve'`,
    );
    expect((await link()).outcome).toBe('linked');
  });

  it('keeps the password of a linked user without groups, because a claim may be missing', async () => {
    await givePassword(ada);
    await insertUser('another', { role: 'admin' });
    await link();
    expect(await enter(eve({ groups: [] }))).toEqual(refused('no-group'));
    expect(await userOf('ada')).toEqual({ role: 'admin', active: true });
  });
});

describe('a second factor set up here', () => {
  it('is asked for after the provider as well', async () => {
    const { owner } = await enterAs();
    await giveSecondFactor(owner);
    expect((await enter()).outcome).toBe('code-needed');
  });

  it('re-authenticates and is removed without a password, if there is none', async () => {
    const { owner } = await enterAs();
    await giveSecondFactor(owner);
    await signInAs(owner);
    expect(await prove(owner, { password: '' })).toEqual({ outcome: 'wrong' });
    expect(await prove(owner, { code: await codeNow() })).toMatchObject({ outcome: 'proved' });
    const stale = { ...owner, reauthenticated: false };
    await expect(removeOwnSecondFactor(stale, '')).rejects.toThrow('re-authentication');
    expect(await removeOwnSecondFactor(owner, '')).toMatchObject({ outcome: 'removed' });
  });

  it('comes first if it is required', async () => {
    useSettings({ REQUIRE_SECOND_FACTOR: 'true' });
    expect((await enterAs()).owner.owes).toBe('second-factor');
  });
});

describe('a re-authentication', () => {
  const longAgo = () => nowSeconds() - 600;

  it.each([null, 1, 600])('is none where the provider asked %s seconds ago', async (ago) => {
    const authTime = ago === null ? null : nowSeconds() - ago;
    const { owner } = await enterAs(eve({ authTime }));
    expect(owner.reauthenticated).toBe(ago === 1);
  });

  it('counts from the time at the provider, under a new session id', async () => {
    const before = await enterAs(eve({ authTime: longAgo() }));
    const after = await enterAs(eve(), before);
    expect(after.owner.reauthenticated).toBe(true);
    expect(after.sessionId).not.toBe(before.sessionId);
    expect(await isLetIn(before.sessionId)).toBe(false);
    expect(await events()).toContain('eve session.prove done');
  });

  it('needs the same person, asked now, and changes nothing otherwise', async () => {
    const before = await enterAs(eve({ authTime: longAgo() }));
    const other = eve({ subject: 'f-1', username: 'finn' });
    expect(await enter(other, before)).toEqual(refused('other-person'));
    expect(await userOf('finn')).toBeUndefined();
    for (const authTime of [longAgo(), null]) {
      expect(await enter(eve({ authTime }), before)).toEqual(refused('not-fresh'));
    }
    expect(await findSessionOwner(before.sessionId, '')).toMatchObject({ reauthenticated: false });
  });

  it('with other groups is a new sign-in with the other role', async () => {
    const before = await enterAs(eve({ groups: ['desk-admins'] }));
    const after = await enterAs(eve({ groups: ['desk-view'] }), before);
    expect(after.owner.role).toBe('viewer');
    expect(await isLetIn(before.sessionId)).toBe(false);
  });
});
