import { randomUUID } from 'node:crypto';
import { addServiceKeyAction } from '@/app/(desk)/settings/service-keys/actions';
import { pagePool } from '@/db/client';
import { listServiceKeys } from '@/lib/keys/list-service-keys';
import { findFirstSteps } from '@/lib/overview/first-steps';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { auditOf, countRows, makeKey } from '../helpers/keys';
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
