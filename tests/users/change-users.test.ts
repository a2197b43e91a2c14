import { pagePool } from '@/db/client';
import type { Administrator } from '@/lib/access/administrator';
import { listEventsOf } from '@/lib/audit/audit-search';
import { findSessionOwner } from '@/lib/sessions/session';
import { changeUser } from '@/lib/users/change-user';
import { deleteUser } from '@/lib/users/delete-user';
import { findUser } from '@/lib/users/find-user';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto, vera } from '../helpers/people';
import { signInAs } from '../helpers/sign-in';
import { times } from '../helpers/times';

useTestDatabase();
beforeEach(async () => {
  await emptyDatabase();
  await insertPeople();
});

async function change(
  by: Administrator,
  id: string,
  changes: Partial<{ username: string; displayName: string; email: string; active: boolean }>,
) {
  const user = await findUser(ada, id);
  if (!user) throw new Error('No such user.');
  const { username, displayName, email, active } = user;
  return changeUser(by, { id, username, displayName, email, active, ...changes });
}

describe('changing', () => {
  test('a rename is audited from and to', async () => {
    const id = await insertUser('grace');
    expect(await change(otto, id, { username: 'Grace H' })).toEqual({ outcome: 'changed' });
    expect((await listEventsOf(ada, id))[0]).toMatchObject({
      action: 'user.update',
      actor: 'otto',
      details: { username: { from: 'grace', to: 'Grace H' } },
    });
  });

  test('a change of case alone is a rename of the same user', async () => {
    const id = await insertUser('grace');
    expect(await change(otto, id, { username: 'GRACE' })).toEqual({ outcome: 'changed' });
  });

  test('saving without a change leaves no event', async () => {
    const id = await insertUser('grace');
    await change(otto, id, {});
    expect(await listEventsOf(ada, id)).toEqual([]);
  });

  test('a name that is taken is refused, and nothing is changed', async () => {
    const id = await insertUser('grace');
    const result = await change(otto, id, { username: 'ADA', email: 'new@example.org' });
    expect(result).toEqual({ outcome: 'exists', username: 'ada' });
    expect(await findUser(ada, id)).toMatchObject({ username: 'grace', email: '' });
  });

  test('a viewer cannot change users', async () => {
    const id = await insertUser('grace');
    await expect(change(vera, id, { email: 'x@y' })).rejects.toThrow('role operator');
  });
});

describe('administrators', () => {
  test.each([
    ['disable', { active: false }],
    ['rename', { username: 'other' }],
  ])('an operator cannot %s one', async (_verb, changes) => {
    const refusal = { outcome: 'refused', because: 'needs-admin' };
    expect(await change(otto, vera.id, changes)).toEqual(refusal);
    expect(await deleteUser(otto, { id: vera.id, keys: 0 })).toEqual(refusal);
  });

  test('nobody disables or deletes themselves', async () => {
    await insertUser('root', { role: 'admin' });
    const refusal = { outcome: 'refused', because: 'oneself' };
    expect(await change(ada, ada.id, { active: false })).toEqual(refusal);
    expect(await deleteUser(ada, { id: ada.id, keys: 0 })).toEqual(refusal);
  });

  test('the last active admin stays', async () => {
    await insertUser('former', { role: 'admin', active: false });
    expect(await change(ada, ada.id, { active: false })).toEqual({
      outcome: 'refused',
      because: 'last-admin',
    });
  });

  test('one of two admins who disable each other at once stays', async () => {
    for (let round = 0; round < times(20, 6); round += 1) {
      await pagePool().query(`delete from directory_user where username = 'root'`);
      await pagePool().query(`update directory_user set active = true where username = 'ada'`);
      const id = await insertUser('root', { role: 'admin' });
      const root = { ...ada, id, username: 'root' };
      const both = await Promise.all([
        change(ada, id, { active: false }),
        change(root, ada.id, { active: false }),
      ]);
      expect(both.filter(({ outcome }) => outcome === 'changed')).toHaveLength(1);
    }
  });

  test('disabling signs them out', async () => {
    const session = await signInAs(vera);
    expect(await findSessionOwner(session, '::1')).toMatchObject({ username: 'vera' });
    await change(ada, vera.id, { active: false });
    expect(await findSessionOwner(session, '::1')).toBeNull();
    const { rowCount } = await pagePool().query('select from session');
    expect(rowCount).toBe(0);
  });
});

describe('deleting', () => {
  test('a user without keys is deleted, and the name is free again', async () => {
    const id = await insertUser('grace');
    expect(await deleteUser(otto, { id, keys: 0 })).toEqual({ outcome: 'deleted' });
    expect(await findUser(ada, id)).toBeNull();
    await expect(insertUser('Grace')).resolves.toBeDefined();
    expect(await deleteUser(otto, { id, keys: 0 })).toEqual({ outcome: 'gone' });
  });

  test('a user with keys is deleted only if their number was confirmed', async () => {
    const id = await insertUser('grace');
    const keys = [await makeKey(ada, 'grace'), await makeKey(ada, 'grace')];
    const refusal = { outcome: 'has-keys', username: 'grace', keys: 2 };
    expect(await deleteUser(otto, { id, keys: 0 })).toEqual(refusal);
    expect(await deleteUser(otto, { id, keys: 1 })).toEqual(refusal);
    expect(await deleteUser(otto, { id, keys: 2 })).toEqual({ outcome: 'deleted' });
    const { rows } = await pagePool().query('select from api_key where deleted_at is null');
    expect(rows).toHaveLength(0);
    for (const key of keys) {
      expect((await listEventsOf(ada, key.id))[0]).toMatchObject({ action: 'key.delete' });
    }
    expect((await listEventsOf(ada, id))[0]).toMatchObject({ details: { keys: 2 } });
  });

  test('a key made at the same moment is either refused or counted', async () => {
    for (let round = 0; round < times(20, 6); round += 1) {
      const id = await insertUser(`grace${round}`);
      const [made] = await Promise.allSettled([
        makeKey(ada, `grace${round}`),
        deleteUser(otto, { id, keys: 0 }),
      ]);
      const isThere = (await findUser(ada, id)) !== null;
      expect(isThere).toBe(made.status === 'fulfilled');
    }
  });

  test('a viewer cannot delete users', async () => {
    const id = await insertUser('grace');
    await expect(deleteUser(vera, { id, keys: 0 })).rejects.toThrow('role operator');
  });
});
