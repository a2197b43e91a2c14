import { pagePool } from '@/db/client';
import { auditListParams } from '@/lib/audit/audit-input';
import { searchEvents } from '@/lib/audit/audit-search';
import { systemActor } from '@/lib/audit/record-event';
import { createAdministrator, resetPassword } from '@/lib/auth/administrator-accounts';
import { listAdministrators } from '@/lib/auth/list-administrators';
import { signInWithPassword } from '@/lib/auth/sign-in';
import { findSessionOwner } from '@/lib/sessions/session';
import { giveSecondFactor } from '../helpers/accounts';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { insertPeople, insertUser, vera } from '../helpers/people';

useTestDatabase();
beforeEach(async () => {
  await emptyDatabase();
  await insertPeople();
});

const visit = { address: '192.0.2.7', userAgent: 'Jest' };
const password = 'a password of some length';
const account = { username: 'linus', password };

test('a new administrator can sign in, and is listed with the time', async () => {
  const made = await createAdministrator(systemActor, { ...account, role: 'operator' });
  expect(made).toEqual({ outcome: 'created', username: 'linus' });
  expect(await signInWithPassword(account, visit)).toMatchObject({ outcome: 'signed-in' });
  const listed = (await listAdministrators(vera)).find(({ username }) => username === 'linus');
  expect(listed).toMatchObject({ role: 'operator', lastSignInAt: expect.any(Date) });
});

test('an existing user gets a role, and an administrator keeps theirs', async () => {
  await insertUser('Linus');
  expect(await createAdministrator(systemActor, { ...account, role: 'admin' })).toEqual({
    outcome: 'promoted',
    username: 'Linus',
  });
  expect(await createAdministrator(systemActor, { ...account, role: 'viewer' })).toEqual({
    outcome: 'exists',
    username: 'Linus',
  });
});

test('a reset ends every session and the old password, and is audited as the system', async () => {
  await createAdministrator(systemActor, { ...account, role: 'viewer' });
  const before = await signInWithPassword(account, visit);
  if (before.outcome !== 'signed-in') throw new Error(before.outcome);
  const fresh = { username: 'LINUS', password: 'another password of length' };
  expect(await resetPassword(systemActor, fresh)).toEqual({ outcome: 'reset', username: 'linus' });
  expect(await findSessionOwner(before.sessionId, '::1')).toBeNull();
  expect(await signInWithPassword(account, visit)).toEqual({ outcome: 'refused' });
  expect(await signInWithPassword(fresh, visit)).toMatchObject({ outcome: 'signed-in' });
  const params = auditListParams.parse({ actor: 'system' });
  expect((await searchEvents(vera, params)).rows.map(({ action }) => action)).toEqual([
    'administrator.reset-password',
    'administrator.create',
  ]);
});

test('a reset removes the second factor only if asked to', async () => {
  await createAdministrator(systemActor, { ...account, role: 'admin' });
  const { rows } = await pagePool().query(`select * from directory_user where username = 'linus'`);
  await giveSecondFactor(rows[0]);
  const reset = (removeSecondFactor: boolean) =>
    resetPassword(systemActor, { ...account, removeSecondFactor });
  await reset(false);
  expect(await signInWithPassword(account, visit)).toMatchObject({ outcome: 'code-needed' });
  await reset(true);
  expect(await signInWithPassword(account, visit)).toMatchObject({ outcome: 'signed-in' });
});

test('only administrators have a password to reset', async () => {
  await insertUser('grace');
  const reset = (username: string) => resetPassword(systemActor, { username, password });
  expect(await reset('grace')).toEqual({ outcome: 'no-role' });
  expect(await reset('nobody')).toEqual({ outcome: 'unknown' });
});
