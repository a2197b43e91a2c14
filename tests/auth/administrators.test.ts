import { pagePool } from '@/db/client';
import { ReauthenticationRequiredError } from '@/lib/access/reauthentication';
import { changeRole, setAdministratorActive } from '@/lib/auth/change-administrator';
import { addAdministrator, handOutPassword } from '@/lib/auth/one-time-password';
import { signInWithPassword } from '@/lib/auth/sign-in';
import { findSessionOwner } from '@/lib/sessions/session';
import { changeUser } from '@/lib/users/change-user';
import { deleteUser } from '@/lib/users/delete-user';
import { givePassword, giveSecondFactor, isLetIn, password } from '../helpers/accounts';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { auditOf, countRows } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto, vera } from '../helpers/people';
import { signInAs } from '../helpers/sign-in';
import { times } from '../helpers/times';

const visit = { address: '192.0.2.1', userAgent: 'Jest' };

useTestDatabase();
beforeEach(async () => {
  await emptyDatabase();
  await insertPeople();
});

const fields = { displayName: '', email: '' };
const changes = {
  'give a role': (by = ada) => addAdministrator(by, { username: 'linus', role: 'viewer' as const }),
  'change a role': (by = ada) => changeRole(by, { id: otto.id, role: 'viewer' }),
  'take a role away': (by = ada) => changeRole(by, { id: otto.id, role: null }),
  disable: (by = ada) => setAdministratorActive(by, { id: otto.id, active: false }),
  'reset a password': (by = ada) => handOutPassword(by, { id: otto.id, removeSecondFactor: false }),
  'disable as a user': (by = ada) =>
    changeUser(by, { id: otto.id, username: 'otto', ...fields, active: false }),
  'rename as a user': (by = ada) =>
    changeUser(by, { id: otto.id, username: 'ottilie', ...fields, active: true }),
  'delete as a user': (by = ada) => deleteUser(by, { id: otto.id, keys: 0 }),
};

describe.each(Object.entries(changes))('to %s', (name, change) => {
  const snapshot = async () => {
    const { rows } = await pagePool().query('select * from directory_user order by id');
    return [rows, await countRows('audit_event')];
  };

  it('works for an admin after a re-authentication', async () => {
    const before = await snapshot();
    const { outcome } = await change();
    expect(['changed', 'created', 'reset', 'deleted']).toContain(outcome);
    expect(await snapshot()).not.toEqual(before);
  });

  it.each([otto, vera])('is refused to $username', async (person) => {
    const before = await snapshot();
    const result = await change(person).catch((error: Error) => ({ outcome: error.message }));
    expect(result.outcome).toMatch(/refused|This needs the role/);
    expect(await snapshot()).toEqual(before);
  });

  it('asks for re-authentication', async () => {
    const before = await snapshot();
    await expect(change({ ...ada, reauthenticated: false })).rejects.toThrow(
      ReauthenticationRequiredError,
    );
    expect(await snapshot()).toEqual(before);
  });

  it('is refused to an admin who was demoted during the request', async () => {
    await insertUser('root', { role: 'admin' });
    await pagePool().query(`update directory_user set role = 'viewer' where id = $1`, [ada.id]);
    const before = await snapshot();
    expect((await change()).outcome).toMatch(/refused|needs-admin/);
    expect(await snapshot()).toEqual(before);
  });

  if (name !== 'give a role' && name !== 'rename as a user') {
    it('ends every session of theirs at once', async () => {
      await signInAs(otto);
      const copied = await signInAs(otto);
      expect(await isLetIn(copied)).toBe(true);
      await change();
      expect(await isLetIn(copied)).toBe(false);
      expect(await countRows('session')).toBe(0);
    });
  }
});

describe('the last active admin', () => {
  const rounds = times(50, 16);
  it.each([
    ['demoted', () => changeRole(ada, { id: ada.id, role: 'operator' })],
    ['without a role', () => changeRole(ada, { id: ada.id, role: null })],
    ['disabled', () => setAdministratorActive(ada, { id: ada.id, active: false })],
    [
      'disabled as a user',
      () => changeUser(ada, { id: ada.id, username: 'ada', ...fields, active: false }),
    ],
    ['deleted', () => deleteUser(ada, { id: ada.id, keys: 0 })],
  ])('cannot be %s', async (_how, change) => {
    await insertUser('asleep', { role: 'admin', active: false });
    expect(await change()).toEqual({ outcome: 'refused', because: 'last-admin' });
    expect(await countRows('directory_user', `role = 'admin' and active`)).toBe(1);
  });

  it(`cannot be removed in a race: ${rounds} rounds of three admins against each other, each with another action`, async () => {
    const kinds = [
      (by: typeof ada, id: string) => changeRole(by, { id, role: 'viewer' }),
      (by: typeof ada, id: string) => setAdministratorActive(by, { id, active: false }),
      (by: typeof ada, id: string) => deleteUser(by, { id, keys: 0 }),
      (by: typeof ada, id: string) => changeRole(by, { id, role: null }),
    ];
    const left: number[] = [];
    for (let round = 0; round < rounds; round++) {
      await emptyDatabase();
      const names = ['one', 'two', 'three'];
      const ids: string[] = [];
      for (const name of names) ids.push(await insertUser(name, { role: 'admin' }));
      const admins = names.map((username, at) => ({ ...ada, username, id: ids[at] ?? '' }));
      const attacks = admins.map((by, at) => {
        const kind = kinds[(round + at) % kinds.length] ?? changeRole;
        return (kind as (typeof kinds)[0])(by, ids[(at + 1) % 3] ?? '');
      });
      const outcomes = (await Promise.all(attacks)).map(({ outcome }) => outcome);
      left.push(await countRows('directory_user', `role = 'admin' and active`));
      expect(outcomes.filter((outcome) => outcome !== 'refused').length).toBe(3 - left[round]!);
    }
    expect(Math.min(...left)).toBeGreaterThanOrEqual(1);
  });
});

describe('a one-time password', () => {
  const signIn = (word: string) => signInWithPassword({ username: 'linus', password: word }, visit);

  async function handedOut() {
    const made = await addAdministrator(ada, { username: 'linus', role: 'operator' });
    if (!('password' in made)) throw new Error(made.outcome);
    return made.password;
  }

  it('only opens the form for a new password', async () => {
    const result = await signIn(await handedOut());
    if (result.outcome !== 'signed-in') throw new Error(result.outcome);
    expect(await findSessionOwner(result.sessionId, '')).toMatchObject({ owes: 'new-password' });
  });

  it('expires after a day', async () => {
    const word = await handedOut();
    await pagePool().query(
      `update directory_user set one_time_until = one_time_until - interval '24 hours'
       where username = 'linus'`,
    );
    expect(await signIn(word)).toEqual({ outcome: 'refused' });
  });

  it('replaces the old one, and the second factor if the phone is lost', async () => {
    await givePassword(otto);
    await giveSecondFactor(otto);
    const reset = (removeSecondFactor: boolean) =>
      handOutPassword(ada, { id: otto.id, removeSecondFactor });
    const first = await reset(false);
    if (first.outcome !== 'reset') throw new Error(first.outcome);
    const old = await signInWithPassword({ username: 'otto', password }, visit);
    expect(old).toEqual({ outcome: 'refused' });
    const again = { username: 'otto', password: first.password };
    expect(await signInWithPassword(again, visit)).toMatchObject({ outcome: 'code-needed' });
    const second = await reset(true);
    if (second.outcome !== 'reset') throw new Error(second.outcome);
    const fresh = { username: 'otto', password: second.password };
    expect(await signInWithPassword(fresh, visit)).toMatchObject({ outcome: 'signed-in' });
    expect(await countRows('second_factor')).toBe(0);
    expect(await countRows('recovery_code')).toBe(0);
  });

  it('is in no audit event', async () => {
    const word = await handedOut();
    const { rows } = await pagePool().query('select e::text as row from audit_event e');
    expect(rows.map(({ row }) => row).join()).not.toContain(word);
  });
});

it('an existing administrator or a disabled user is not added', async () => {
  await insertUser('asleep', { active: false });
  const add = (username: string) => addAdministrator(ada, { username, role: 'admin' });
  expect(await add('OTTO')).toEqual({ outcome: 'exists', username: 'otto' });
  expect(await add('asleep')).toEqual({ outcome: 'disabled', username: 'asleep' });
  const grace = await insertUser('Grace');
  expect(await add('grace')).toMatchObject({ outcome: 'promoted', username: 'Grace' });
  expect(await auditOf(grace)).toEqual(['administrator.create']);
});

it('admins cannot remove their own role or access', async () => {
  await insertUser('root', { role: 'admin' });
  const oneself = { outcome: 'refused', because: 'oneself' };
  expect(await changeRole(ada, { id: ada.id, role: 'viewer' })).toEqual(oneself);
  expect(await setAdministratorActive(ada, { id: ada.id, active: false })).toEqual(oneself);
  expect(await handOutPassword(ada, { id: ada.id, removeSecondFactor: true })).toEqual(oneself);
});

it('removing the role also removes password and second factor', async () => {
  await givePassword(otto);
  await giveSecondFactor(otto);
  await changeRole(ada, { id: otto.id, role: null });
  expect(await countRows('second_factor')).toBe(0);
  expect(await countRows('directory_user', `username = 'otto' and password_hash is null`)).toBe(1);
});
