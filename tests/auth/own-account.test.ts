import { readdirSync } from 'node:fs';
import {
  changePasswordAction,
  endSessionAction,
  proveAction,
  signOutEverywhereAction,
} from '@/app/(desk)/settings/actions';
import {
  addAdministratorAction,
  changeRoleAction,
  handOutPasswordAction,
  setActiveAction,
} from '@/app/(desk)/settings/administrators/actions';
import { setKeyPolicyAction } from '@/app/(desk)/settings/policies/actions';
import {
  beginSetUpAction,
  confirmSetUpAction,
  makeRecoveryCodesAction,
  removeSecondFactorAction,
} from '@/app/(desk)/settings/second-factor/actions';
import { createUserAction } from '@/app/(desk)/users/actions';
import { GET as suggestions } from '@/app/(desk)/users/suggestions/route';
import { pagePool } from '@/db/client';
import { findAdministrator, requireAdministrator } from '@/lib/auth/current-administrator';
import { listOwnSessions } from '@/lib/auth/own-session';
import { findSetUp } from '@/lib/auth/second-factor/set-up';
import { signInWithPassword } from '@/lib/auth/sign-in';
import type { FormAction } from '@/lib/forms/form-state';
import {
  codeNow,
  forgetProofs,
  givePassword,
  giveSecondFactor,
  isLetIn,
  password,
} from '../helpers/accounts';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { auditOf, countRows } from '../helpers/keys';
import { ada, insertPeople, otto, vera } from '../helpers/people';
import { request } from '../helpers/request';
import { useSettings } from '../helpers/settings';
import { redirectOf, send, signInAs, signOutNow } from '../helpers/sign-in';
import { untilLockAwaited } from '../helpers/waiting';

const visit = { address: '192.0.2.1', userAgent: 'Jest' };
const fresh = 'quite another long password';
const id = otto.id;

useTestDatabase();
beforeEach(async () => {
  useSettings({ DATABASE_URL: process.env.DATABASE_URL ?? '', REQUIRE_SECOND_FACTOR: '' });
  await emptyDatabase();
  await insertPeople();
  for (const person of [ada, otto, vera]) await givePassword(person);
});

const change = (newPassword = fresh, currentPassword = password, repeatedPassword = newPassword) =>
  send(changePasswordAction, { currentPassword, newPassword, repeatedPassword });
const thisBrowser = () => request.sessionId ?? '';

describe('changing one’s own password', () => {
  it('ends the other sessions and gives this browser a new id', async () => {
    const other = await signInAs(vera);
    const copied = await signInAs(vera);
    expect(await change()).toMatchObject({ status: 'done' });
    expect(thisBrowser()).not.toBe(copied);
    expect(await Promise.all([other, copied, thisBrowser()].map(isLetIn))).toEqual([
      false,
      false,
      true,
    ]);
    const signIn = (word: string) =>
      signInWithPassword({ username: 'vera', password: word }, visit);
    expect((await signIn(password)).outcome).toBe('refused');
    expect((await signIn(fresh)).outcome).toBe('signed-in');
    expect(await auditOf(vera.id)).toEqual(['account.change-password']);
  });

  it('needs the old password, with a message', async () => {
    const sessionId = await signInAs(vera);
    expect(await change(fresh, 'wrong')).toMatchObject({
      fieldErrors: { currentPassword: 'This is not your current password.' },
    });
    expect(await isLetIn(sessionId)).toBe(true);
    expect((await auditOf(vera.id)).length).toBe(1);
  });

  it('refuses weak, wrongly repeated and unchanged passwords', async () => {
    await signInAs(vera);
    const errors = async (answer: ReturnType<typeof change>) =>
      Object.entries((await answer) as { fieldErrors?: object }).find(
        ([name]) => name === 'fieldErrors',
      )?.[1];
    expect(await errors(change('fourteen chars'))).toEqual({
      newPassword: 'Use at least 15 characters.',
    });
    expect(await errors(change(password))).toEqual({ newPassword: 'Choose a new password.' });
    expect(await errors(change(fresh, password, 'other'))).toEqual({
      repeatedPassword: 'The passwords are not the same.',
    });
    expect(await errors(change('vera vera vera 1234'))).toEqual({
      newPassword: expect.stringContaining('your username'),
    });
  });

  it('a parallel sign-in with the old password is refused', async () => {
    const change = await pagePool().connect();
    try {
      await change.query('begin');
      await change.query('delete from session');
      await change.query(`update directory_user set password_hash = 'new' where username = 'vera'`);
      // Reads the old password, because the change is not committed yet.
      const signingIn = signInWithPassword({ username: 'vera', password }, visit);
      await untilLockAwaited();
      await change.query('commit');
      expect(await signingIn).toEqual({ outcome: 'refused' });
      expect(await countRows('session')).toBe(0);
    } finally {
      change.release();
    }
  });
});

describe('own sessions', () => {
  it('are listed without ids, this browser first', async () => {
    await signInAs(vera);
    await signInAs(otto);
    const own = await signInAs(vera);
    const listed = await listOwnSessions(vera);
    expect(listed.map(({ isThis }) => isThis)).toEqual([true, false]);
    const { rows } = await pagePool().query(`select encode(id_hash, 'hex') as hash from session`);
    for (const canary of [own, ...rows.map(({ hash }) => hash)]) {
      expect(JSON.stringify(listed)).not.toContain(canary);
    }
  });

  it('can be ended one by one, but not those of others', async () => {
    const foreign = await signInAs(otto);
    const [theirs] = await listOwnSessions(otto);
    const other = await signInAs(vera);
    const own = await signInAs(vera);
    const mine = (await listOwnSessions(vera)).find(({ isThis }) => !isThis);
    const end = (session = '') => send(endSessionAction, { session });
    expect(await end(theirs?.handle)).toMatchObject({ status: 'failed' });
    expect(await end(mine?.handle)).toMatchObject({ status: 'done' });
    expect(await end(mine?.handle)).toMatchObject({ status: 'failed' });
    expect(await Promise.all([foreign, other, own].map(isLetIn))).toEqual([true, false, true]);
  });

  it('can be ended everywhere, but only one’s own', async () => {
    const foreign = await signInAs(otto);
    const own = [await signInAs(vera), await signInAs(vera)];
    expect(await redirectOf(send(signOutEverywhereAction, {}))).toBe('/login');
    expect(await Promise.all([...own, foreign].map(isLetIn))).toEqual([false, false, true]);
  });
});

const proved = [
  ['addAdministratorAction', addAdministratorAction, { username: 'linus', role: 'viewer' }],
  ['changeRoleAction', changeRoleAction, { id, role: 'viewer' }],
  ['setActiveAction', setActiveAction, { id, active: 'no' }],
  ['handOutPasswordAction', handOutPasswordAction, { id }],
  ['setKeyPolicyAction', setKeyPolicyAction, { mostKeysPerUser: '7' }],
] as const;

describe.each(proved)('%s', (_name, action, fields) => {
  it('asks to re-authenticate after five minutes, and keeps what was typed', async () => {
    await signInAs(ada);
    await forgetProofs();
    const way = await redirectOf(send<unknown>(action, fields));
    expect(way).toMatch(/^\/settings\/prove\?next=%2Fusers%3F/);
    expect(await countRows('audit_event')).toBe(0);
    const next = '/settings/administrators/new';
    expect(await redirectOf(send(proveAction, { password, code: '', next }))).toBe(next);
    expect(await send<unknown>(action, fields)).toMatchObject({ status: 'done' });
  });

  it.each([otto, vera])('refuses $username', async (person) => {
    await signInAs(person);
    expect(await send<unknown>(action, fields)).toMatchObject({
      message: 'This needs the role admin.',
    });
  });

  it('refuses another site, and sends somebody who is not signed in to the sign-in page', async () => {
    await signInAs(ada);
    const own = request.headers;
    request.headers = new Headers({ ...Object.fromEntries(own), origin: 'https://evil.example' });
    expect(await send<unknown>(action, fields)).toMatchObject({ status: 'failed' });
    request.headers = own;
    signOutNow();
    expect(await redirectOf(send<unknown>(action, fields))).toMatch(/^\/login/);
    expect(await countRows('audit_event')).toBe(0);
  });
});

describe('a stolen session', () => {
  /** Changes nothing for the thief: asks for a password itself, is the proof, or ends sessions. */
  const free = [
    'changePasswordAction',
    'endSessionAction',
    'proveAction',
    'proveAtProviderAction',
    'signOutEverywhereAction',
  ];

  it('changes nothing in the settings without the proof, whatever the action', async () => {
    const folder = 'app/(desk)/settings';
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /(^|\/)actions\.ts$/.test(name),
    );
    const open: string[] = [];
    for (const file of files) {
      const actions = (await import(`@/${folder}/${file}`)) as Record<string, FormAction<unknown>>;
      for (const [name, action] of Object.entries(actions)) {
        await signInAs(ada);
        await forgetProofs();
        const way = await redirectOf(send(action, {})).catch(() => '');
        if (!way.startsWith('/settings/prove?')) open.push(name);
      }
    }
    expect(open.sort()).toEqual(free);
  });

  it('sees no secret of a set-up under way; control: with the proof it is there', async () => {
    await signInAs(ada);
    await send(beginSetUpAction, {});
    expect(await findSetUp(ada)).not.toBeNull();
    await expect(findSetUp({ ...ada, reauthenticated: false })).rejects.toThrow(
      're-authentication',
    );
  });
});

describe('re-authentication', () => {
  it('gives a new id, keeps the age, and invalidates the old id', async () => {
    const copied = await signInAs(ada);
    await pagePool().query(`update session set created_at = now() - interval '11 hours'`);
    await forgetProofs();
    await redirectOf(send(proveAction, { password, next: '//evil.example' }).catch((e) => e));
    expect(await Promise.all([copied, thisBrowser()].map(isLetIn))).toEqual([false, true]);
    expect((await findAdministrator())?.reauthenticated).toBe(true);
    expect(await countRows('session', `created_at < now() - interval '10 hours'`)).toBe(1);
  });

  it('redirects only within this site', async () => {
    await signInAs(ada);
    expect(await redirectOf(send(proveAction, { password, next: '//evil.example' }))).toBe(
      '/settings',
    );
  });

  it('refuses wrong answers, audited, and changes nothing', async () => {
    const sessionId = await signInAs(ada);
    await forgetProofs();
    expect(await send(proveAction, { password: 'wrong' })).toMatchObject({ status: 'invalid' });
    expect(thisBrowser()).toBe(sessionId);
    expect((await findAdministrator())?.reauthenticated).toBe(false);
    expect(await countRows('audit_event', `action = 'session.prove' and outcome = 'refused'`)).toBe(
      1,
    );
  });

  it('accepts a code of the second factor once, and none without one', async () => {
    await signInAs(ada);
    expect(await send(proveAction, { code: await codeNow() })).toMatchObject({ status: 'invalid' });
    await giveSecondFactor(ada);
    const code = await codeNow();
    expect(await redirectOf(send(proveAction, { code, next: '/audit' }))).toBe('/audit');
    expect(await send(proveAction, { code })).toMatchObject({ status: 'invalid' });
  });
});

describe('an administrator who must change a password first', () => {
  beforeEach(async () => {
    await pagePool().query(
      `update directory_user set one_time_until = now() + interval '1 hour' where id = $1`,
      [ada.id],
    );
    await signInAs(ada);
  });

  it('gets only that page, its action, and no routes', async () => {
    expect(await redirectOf(requireAdministrator('viewer'))).toBe('/settings/password');
    const fields = { id, username: 'x', displayName: '', email: '', active: 'yes' };
    expect(await redirectOf(send(createUserAction, fields))).toBe('/settings/password');
    for (const [, action, typed] of proved) {
      expect(await redirectOf(send<unknown>(action, typed))).toBe('/settings/password');
    }
    expect(await redirectOf(send(beginSetUpAction, {}))).toBe('/settings/password');
    expect(await redirectOf(send(proveAction, { password }))).toBe('/settings/password');
    expect(await findAdministrator()).toBeNull();
    const route = suggestions as unknown as (asked: object) => Promise<Response>;
    expect((await route({ nextUrl: new URL('http://x/users/suggestions?q=a') })).status).toBe(401);
  });

  it('may continue after the change, not before', async () => {
    expect(await change('short')).toMatchObject({ status: 'invalid' });
    expect(await findAdministrator()).toBeNull();
    expect(await change()).toMatchObject({ status: 'done' });
    expect(await findAdministrator()).toMatchObject({ username: 'ada', role: 'admin' });
    expect(await requireAdministrator('admin')).not.toHaveProperty('owes');
  });
});

describe('setting up a second factor', () => {
  async function begun() {
    await send(beginSetUpAction, {});
    const secret = await findSetUp(ada);
    if (!secret) throw new Error('No set-up was begun.');
    return secret;
  }
  const signIn = () => signInWithPassword({ username: 'ada', password }, visit);

  it('takes effect after a code, with ten recovery codes, and signs out other browsers', async () => {
    const other = await signInAs(ada);
    await signInAs(ada);
    const secret = await begun();
    expect((await signIn()).outcome).toBe('signed-in');
    expect(await send(confirmSetUpAction, { code: '000000' })).toMatchObject({ status: 'invalid' });
    expect((await signIn()).outcome).toBe('signed-in');
    const answer = await send(confirmSetUpAction, { code: await codeNow(0, secret) });
    expect(answer).toMatchObject({ status: 'done', data: { lines: expect.any(Array) } });
    expect((await signIn()).outcome).toBe('code-needed');
    expect(await Promise.all([other, thisBrowser()].map(isLetIn))).toEqual([false, true]);
    expect(await findSetUp(ada)).toBeNull();
  });

  it('does not replace an active one if begun again', async () => {
    await signInAs(ada);
    await giveSecondFactor(ada);
    await send(beginSetUpAction, {});
    expect(await findSetUp(ada)).toBeNull();
    expect(await send(proveAction, { code: '000000' })).toMatchObject({ status: 'invalid' });
    expect(await redirectOf(send(proveAction, { code: await codeNow() }))).toBe('/settings');
  });

  it.each([
    ['begin', beginSetUpAction, {}],
    ['confirm', confirmSetUpAction, { code: '000000' }],
    ['new recovery codes', makeRecoveryCodesAction, {}],
    ['remove', removeSecondFactorAction, { password }],
  ])('%s needs re-authentication', async (_what, action, fields) => {
    await signInAs(ada);
    await forgetProofs();
    expect(await redirectOf(send<unknown>(action, fields as Record<string, string>))).toMatch(
      /^\/settings\/prove/,
    );
  });

  it('new recovery codes replace the old ones', async () => {
    await signInAs(ada);
    const [old = ''] = await giveSecondFactor(ada);
    const answer = await send(makeRecoveryCodesAction, {});
    expect(answer).toMatchObject({ status: 'done' });
    expect(await send(proveAction, { code: old })).toMatchObject({ status: 'invalid' });
  });

  it('removing asks for the password, which must then be long', async () => {
    await signInAs(ada);
    await giveSecondFactor(ada);
    const remove = (word: string) => send(removeSecondFactorAction, { password: word });
    expect(await remove('wrong')).toMatchObject({ status: 'invalid' });
    await givePassword(ada, 'mo7 wuqp');
    expect(await remove('mo7 wuqp')).toMatchObject({ status: 'invalid' });
    expect(await countRows('second_factor')).toBe(1);
    await givePassword(ada);
    expect(await remove(password)).toMatchObject({ status: 'done' });
    expect(await countRows('second_factor')).toBe(0);
    expect(await countRows('recovery_code')).toBe(0);
  });

  it('comes before anything else if REQUIRE_SECOND_FACTOR is set', async () => {
    useSettings({ REQUIRE_SECOND_FACTOR: 'true' });
    await signInAs(ada);
    expect(await redirectOf(requireAdministrator())).toBe('/settings/second-factor');
    expect(await findAdministrator()).toBeNull();
    const way = '/settings/second-factor';
    expect(await redirectOf(send(changeRoleAction, { id, role: 'viewer' }))).toBe(way);
    const secret = await begun();
    await send(confirmSetUpAction, { code: await codeNow(0, secret) });
    expect(await findAdministrator()).toMatchObject({ username: 'ada' });
  });
});
