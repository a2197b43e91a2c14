import { closeVerification } from '@/lib/verify/verification';
import { makeService } from '../helpers/api';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { auditOf, countRows, makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser } from '../helpers/people';
import { useSettings } from '../helpers/settings';

useTestDatabase();
let service: Awaited<ReturnType<typeof makeService>>;
beforeEach(async () => {
  useSettings();
  await emptyDatabase();
  await insertPeople();
  service = await makeService();
});
afterAll(() => closeVerification());

const add = async (body: object) => service.call('POST', '/users', { body });

it('goes through the whole life of a user', async () => {
  const made = await add({ username: 'grace', displayName: 'Grace', email: 'grace@example.org' });
  expect(made).toMatchObject({
    status: 201,
    body: { username: 'grace', active: true, kind: 'person', responsible: null, keys: 0 },
  });
  const { id } = made.body;
  expect(made.headers.get('location')).toBe(`/api/v1/users/${id}`);
  const etag = made.headers.get('etag') ?? '';
  const patched = await service.call('PATCH', `/users/${id}`, {
    body: { displayName: null, email: 'g@example.org' },
    headers: { 'if-match': etag },
  });
  expect(patched.body).toMatchObject({ displayName: '', email: 'g@example.org' });
  const stale = await service.call('PATCH', `/users/${id}`, {
    body: { email: '' },
    headers: { 'if-match': etag },
  });
  expect(stale.status).toBe(412);
  expect((await service.call('PATCH', `/users/${id}`, { body: {} })).status).toBe(428);
  expect((await service.call('POST', `/users/${id}/disable`)).body.active).toBe(false);
  expect((await service.call('POST', `/users/${id}/enable`)).body.active).toBe(true);
  expect((await service.call('DELETE', `/users/${id}`)).status).toBe(204);
  expect((await service.call('GET', `/users/${id}`)).status).toBe(404);
  expect((await service.call('DELETE', `/users/${id}`)).status).toBe(404);
  expect(await auditOf(id)).toEqual([
    ...['user.create', 'user.update', 'user.disable', 'user.enable', 'user.delete'],
  ]);
});

it('disables a user together with a decision about their keys', async () => {
  const grace = await insertUser('grace');
  await insertUser('linus');
  const { id } = await makeKey(ada, 'grace');
  const path = `/users/${grace}/disable`;
  expect(
    (await service.call('POST', path, { body: { keys: 'transfer' } })).body.errors,
  ).toMatchObject([{ pointer: '/to' }]);
  const body = { keys: 'transfer', to: 'nobody' };
  expect((await service.call('POST', path, { body })).status).toBe(422);
  const done = await service.call('POST', path, { body: { keys: 'transfer', to: 'linus' } });
  expect(done.body).toMatchObject({ active: false, keys: 0 });
  expect(await auditOf(id)).toEqual(['key.create', 'key.transfer']);
});

it('names who answers for a service, and who takes over', async () => {
  const grace = await insertUser('grace');
  const heidi = await insertUser('heidi');
  const made = await add({ username: 'billing', kind: 'service', responsible: grace });
  expect(made.body).toMatchObject({ kind: 'service', responsible: 'grace' });
  const path = `/users/${made.body.id}`;
  const patch = (body: object, etag = '*') =>
    service.call('PATCH', path, { body, headers: { 'if-match': etag } });
  const moved = await patch({ responsible: 'heidi' }, made.headers.get('etag') ?? '');
  expect(moved.body.responsible).toBe('heidi');
  expect(moved.headers.get('etag')).not.toBe(made.headers.get('etag'));
  for (const body of [{ responsible: 'billing' }, { responsible: 'nobody' }]) {
    expect((await patch(body)).body.errors).toMatchObject([{ pointer: '/responsible' }]);
  }
  const wrong = await add({ username: 'ivan', responsible: 'grace' });
  expect(wrong).toMatchObject({ status: 422, body: { errors: [{ pointer: '/responsible' }] } });
  const off = { body: { active: false }, headers: { 'if-match': '*' } };
  expect(await service.call('PATCH', `/users/${heidi}`, off)).toMatchObject({
    ...{ status: 409, body: { services: 1 } },
  });
  const body = { responsible: 'grace' };
  expect((await service.call('POST', `/users/${heidi}/disable`, { body })).status).toBe(200);
  expect((await service.call('GET', '/users?kind=service')).body.items).toMatchObject([
    { username: 'billing', responsible: 'grace' },
  ]);
  expect((await service.call('DELETE', `/users/${grace}`)).status).toBe(204);
  expect((await service.call('GET', path)).body).toMatchObject({ responsible: null });
  expect((await patch({ kind: 'person' })).body.kind).toBe('person');
});

it('deletes a user with keys only together with as many as the caller names', async () => {
  const grace = await insertUser('grace');
  await makeKey(ada, 'grace');
  const path = `/users/${grace}`;
  expect(await service.call('DELETE', path)).toMatchObject({ status: 409, body: { keys: 1 } });
  expect((await service.call('DELETE', `${path}?keys=2`)).status).toBe(409);
  const off = { body: { active: false }, headers: { 'if-match': '*' } };
  expect((await service.call('PATCH', path, off)).status).toBe(409);
  expect((await service.call('DELETE', `${path}?keys=1`)).status).toBe(204);
});

it('refuses names that are taken, look alike or are none', async () => {
  await insertUser('grace');
  expect((await add({ username: 'GRACE' })).body.errors).toMatchObject([{ pointer: '/username' }]);
  const alike = await add({ username: 'gr\u0430ce' });
  expect(alike).toMatchObject({ status: 409, body: { lookalike: 'grace' } });
  expect((await add({ username: 'gr\u0430ce', lookalike: 'grace' })).status).toBe(409);
  expect((await add({ username: 'gr\u0430ce', lookalike: 'gr\u0430ce' })).status).toBe(201);
  expect((await add({ username: ' ' })).status).toBe(422);
  expect((await add({ username: 'x', email: 'no' })).body.errors).toMatchObject([
    { pointer: '/email' },
  ]);
  expect((await add({ username: 'x', role: 'admin' })).body.errors).toMatchObject([
    { pointer: '/role' },
  ]);
  expect(await countRows('directory_user', `username = 'x'`)).toBe(0);
});

it('lists users page by page', async () => {
  for (const name of ['anna', 'anne', 'annie']) await insertUser(name);
  const first = await service.call('GET', '/users?username=ann&limit=2&count=true');
  expect(first.body).toMatchObject({
    total: 3,
    items: [{ username: 'anna' }, { username: 'anne' }],
  });
  const next = await service.call(
    'GET',
    `/users?username=ann&limit=2&cursor=${first.body.nextCursor}`,
  );
  expect(next.body).toEqual({
    items: [expect.objectContaining({ username: 'annie' })],
    nextCursor: null,
  });
  expect((await service.call('GET', '/users?cursor=x')).status).toBe(422);
});
