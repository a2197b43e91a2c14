import { randomUUID } from 'node:crypto';
import { addServiceKeyAction } from '@/app/(desk)/settings/service-keys/actions';
import { pagePool } from '@/db/client';
import { ReauthenticationRequiredError } from '@/lib/access/reauthentication';
import { changeKey } from '@/lib/keys/change-key';
import { listServiceKeys } from '@/lib/keys/list-service-keys';
import { regenerateKey } from '@/lib/keys/regenerate-key';
import { findFirstSteps } from '@/lib/overview/first-steps';
import { createUserWithKey } from '@/lib/users/create-user-with-key';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { auditOf, countRows, keyRequest, makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto, vera } from '../helpers/people';
import { redirectOf, send, signInAs } from '../helpers/sign-in';

useTestDatabase();
beforeEach(async () => {
  await emptyDatabase();
  await insertPeople();
  await insertUser('gateway');
});

const fields = (more = {}) => ({
  requestId: randomUUID(),
  user: 'gateway',
  'keydesk:verify': 'yes',
  lifetime: 'never',
  ...more,
});

it('is added by an admin with the rights that are ticked, and may ask', async () => {
  await signInAs(ada);
  const state = await send(addServiceKeyAction, fields({ name: 'nginx' }));
  if (state.status !== 'done') throw new Error(state.status);
  expect(state.data.usage).toEqual({
    address: expect.stringMatching(/^http.*\/api\/v1\/verify$/),
    mayAsk: true,
  });
  expect(await auditOf(state.data.keyId)).toEqual(['key.create']);
  const { rows } = await listServiceKeys(vera);
  expect(rows).toMatchObject([{ name: 'nginx', scopes: ['keydesk:verify'], username: 'gateway' }]);
});

it('needs a right, and keeps what was typed', async () => {
  await signInAs(ada);
  const { 'keydesk:verify': _, ...none } = fields({ name: 'kept' });
  expect(await send(addServiceKeyAction, none)).toMatchObject({
    fieldErrors: { 'keydesk:verify': 'Choose at least one right.' },
    values: { name: 'kept', 'keydesk:verify': '' },
  });
});

it('may bring its owner with it', async () => {
  await signInAs(ada);
  expect(await send(addServiceKeyAction, fields({ user: 'nginx' }))).toMatchObject({
    fieldErrors: { user: 'User "nginx" is not in the database.' },
    values: { addUser: 'nginx' },
  });
  const added = await send(addServiceKeyAction, fields({ user: 'nginx', addUser: 'nginx' }));
  expect(added).toMatchObject({ status: 'done', data: { username: 'nginx' } });
});

it('asks for the proof first, and keeps what was typed', async () => {
  const session = await signInAs(ada);
  await pagePool().query(`update session set proved_at = now() - interval '6 minutes'`);
  expect(session).toBeTruthy();
  const path = await redirectOf(send(addServiceKeyAction, fields({ name: 'nginx' })));
  expect(path).toMatch(/^\/settings\/prove\?/);
  expect(decodeURIComponent(path)).toContain('name=nginx');
  expect(await countRows('api_key')).toBe(0);
});

it('is not an operator’s to add', async () => {
  await signInAs(otto);
  expect(await send(addServiceKeyAction, fields())).toMatchObject({ status: 'failed' });
  expect(await countRows('api_key')).toBe(0);
});

it('is listed also with a right that gives nothing any more, and other keys are not', async () => {
  const { id } = await makeKey(ada, 'gateway', { scopes: ['reports:read'] });
  expect((await listServiceKeys(vera)).rows).toEqual([]);
  await pagePool().query(`update api_key set scopes = '{a,keydesk:manage}' where id = $1`, [id]);
  expect((await listServiceKeys(vera)).rows).toMatchObject([{ id }]);
});

it('is the last of the first steps, each of which says when it is done', async () => {
  await pagePool().query(`delete from directory_user where username <> 'ada'`);
  expect(await findFirstSteps(ada)).toEqual({ users: false, keys: false, service: false });
  await insertUser('grace');
  expect(await findFirstSteps(ada)).toEqual({ users: true, keys: false, service: false });
  await makeKey(ada, 'grace');
  expect(await findFirstSteps(ada)).toEqual({ users: true, keys: true, service: false });
  await makeKey(ada, 'grace', { scopes: ['keydesk:verify'] });
  expect(await findFirstSteps(ada)).toEqual({ users: true, keys: true, service: true });
});

describe('an admin who has not proved lately who they are', () => {
  const unproved = { ...ada, reauthenticated: false };
  const management = ['keydesk:users.read'];

  it('cannot make, grant or regenerate a key of the management API', async () => {
    const made = await makeKey(ada, 'gateway', { scopes: management });
    const plain = await makeKey(ada, 'gateway', { scopes: ['keydesk:verify'] });
    const grant = { id: plain.id, name: '', scopes: [...management, 'keydesk:verify'] };
    const tries = [
      () => makeKey(unproved, 'gateway', { scopes: management }),
      () =>
        createUserWithKey(unproved, {
          ...keyRequest('new', { scopes: management }),
          lookalike: '',
        }),
      () => changeKey(unproved, grant),
      () => regenerateKey(unproved, { id: made.id, version: 1 }),
    ];
    for (const attempt of tries)
      await expect(attempt()).rejects.toThrow(ReauthenticationRequiredError);
    expect(await countRows('api_key')).toBe(2);
    expect(await auditOf(made.id)).toEqual(['key.create']);
    expect(await changeKey(ada, grant)).toMatchObject({ outcome: 'changed' });
  });

  it('can still do all else with service keys', async () => {
    const { id } = await makeKey(unproved, 'gateway', { scopes: ['keydesk:verify'] });
    expect(await regenerateKey(unproved, { id, version: 1 })).toMatchObject({
      outcome: 'regenerated',
    });
    const { id: made } = await makeKey(ada, 'gateway', { scopes: management });
    const off = { id: made, name: 'x', scopes: management, active: false };
    expect(await changeKey(unproved, off)).toMatchObject({ outcome: 'changed' });
  });
});
