import { randomUUID } from 'node:crypto';
import { closeVerification } from '@/lib/verify/verification';
import { callerOf, fresh, makeService } from '../helpers/api';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { auditOf, countRows } from '../helpers/keys';
import { insertPeople, insertUser } from '../helpers/people';
import { useSettings } from '../helpers/settings';
import { setRule } from '../my-keys/helpers';
import { providerSettings } from '../oidc/start-provider';

useTestDatabase();
let service: Awaited<ReturnType<typeof makeService>>;
beforeEach(async () => {
  useSettings();
  await emptyDatabase();
  await insertPeople();
  await insertUser('grace');
  service = await makeService();
});
afterAll(() => closeVerification());

const create = async (body: object = {}) => {
  const answer = await service.call('POST', '/keys', {
    body: { user: 'grace', ...body },
    headers: fresh(),
  });
  expect(answer.status).toBe(201);
  return { ...answer.body, etag: answer.headers.get('etag') ?? '' };
};
const verify = async (key: string) => {
  const { verify: judge } = await import('@/lib/verify/verify');
  const { verification } = await import('@/lib/verify/verification');
  const outcome = await judge(verification(), {
    ...{ service: service.secret, serviceAddress: '192.0.2.7', secret: key, scopes: [] },
    ...{ ip: null, source: '192.0.2.7', since: performance.now() },
  });
  return outcome.kind === 'judged' ? outcome.code : outcome.kind;
};

it('makes a key with all its limits, and shows the secret once', async () => {
  const body = {
    user: ' Grace ',
    name: 'nightly',
    scopes: ['reports:read', 'reports:read'],
    expiresAt: '2099-01-31T12:00:00+01:00',
    allowedAddresses: ['10.0.0.0/8'],
    rateLimit: { calls: 5, seconds: 7 },
    metadata: { plan: 'gold' },
  };
  const answer = await service.call('POST', '/keys', { body, headers: fresh() });
  expect(answer).toMatchObject({
    status: 201,
    body: {
      user: { username: 'grace' },
      name: 'nightly',
      status: 'active',
      scopes: ['reports:read'],
      expiresAt: '2099-01-31T11:00:00.000Z',
      allowedAddresses: ['10.0.0.0/8'],
      rateLimit: { calls: 5, seconds: 7 },
      metadata: { plan: 'gold' },
      createdBy: service.owner,
      lastUsedAt: null,
    },
  });
  const { id, secret } = answer.body;
  expect(answer.headers.get('location')).toBe(`/api/v1/keys/${id}`);
  expect(answer.headers.get('cache-control')).toBe('no-store, no-transform');
  const read = await service.call('GET', `/keys/${id}`);
  const { secret: _, ...shown } = answer.body;
  expect(read.body).toEqual(shown);
  expect(read.headers.get('etag')).toBe(answer.headers.get('etag'));
  expect(await verify(secret)).toBe('IP_DENIED');
  expect(await auditOf(id)).toEqual(['key.create']);
});

it('hands a secret over by a link, and the key waits', async () => {
  const made = await create({ handOver: { term: '1h', code: true } });
  expect(made).toMatchObject({ status: 'waiting', active: false, secret: null });
  expect(made.handOver.link).toMatch(/^http:\/\/localhost:3000\/collect\/.{36}#[\w-]{43}$/);
  expect(made.handOver.code).toMatch(/^\d{6}$/);
  expect(Date.parse(made.handOver.until) - Date.now()).toBeLessThanOrEqual(3_600_000);
  const list = await service.call('GET', '/keys?status=waiting');
  expect(list.body.items).toMatchObject([{ id: made.id }]);
  expect(await service.call('POST', `/keys/${made.id}/activate`)).toMatchObject({
    ...{ status: 409, body: { detail: expect.stringContaining('waits to be collected') } },
  });
  expect((await service.call('POST', `/keys/${made.id}/deactivate`)).body.status).toBe('inactive');
  const again = await service.call('POST', `/keys/${made.id}/regenerate`, {
    body: { handOver: {} },
    headers: { ...fresh(), 'if-match': '*' },
  });
  expect(again).toMatchObject({ status: 200, body: { status: 'waiting', secret: null } });
  expect(again.body.handOver).toMatchObject({ code: null });
});

it('hands a secret over to its user by single sign-on, or says why not', async () => {
  const attempt = async (handOver: object, path = '/keys') => {
    const body = path === '/keys' ? { user: 'grace', handOver } : { handOver };
    const headers = { ...fresh(), ...(path === '/keys' ? {} : { 'if-match': '*' }) };
    return service.call('POST', path, { body, headers });
  };
  const refusal = (detail: string) => ({
    status: 422,
    body: { errors: [{ pointer: '/handOver/signOn', detail: expect.stringContaining(detail) }] },
  });
  expect(await attempt({ signOn: true })).toMatchObject(refusal('no single sign-on is set up'));
  useSettings(providerSettings('https://id.example.org/'));
  expect(await attempt({ signOn: true })).toMatchObject(refusal('the policy "My keys"'));
  await setRule('switch-off');
  expect(await attempt({ signOn: true, code: true })).toMatchObject(refusal('not for both'));
  expect(await countRows('hand_over')).toBe(0);
  const made = await attempt({ signOn: true });
  expect(made).toMatchObject({
    ...{ status: 201, body: { status: 'waiting', secret: null, handOver: { code: null } } },
  });
  const again = await attempt({ signOn: true }, `/keys/${made.body.id}/regenerate`);
  expect(again).toMatchObject({ status: 200, body: { secret: null, handOver: { code: null } } });
  expect(await countRows('hand_over', "sign_on and state = 'open'")).toBe(1);
  useSettings(Object.fromEntries(Object.keys(providerSettings('')).map((name) => [name, ''])));
});

it('goes through the whole life of a key', async () => {
  const { id, secret, etag } = await create();
  const renewed = await service.call('POST', `/keys/${id}/regenerate`, {
    body: { overlap: 'now' },
    headers: { ...fresh(), 'if-match': etag },
  });
  expect(renewed.status).toBe(200);
  expect(await verify(secret)).toBe('NOT_FOUND');
  expect(await verify(renewed.body.secret)).toBe('VALID');
  expect((await service.call('POST', `/keys/${id}/deactivate`)).body.status).toBe('inactive');
  expect(await verify(renewed.body.secret)).toBe('INACTIVE');
  expect((await service.call('POST', `/keys/${id}/activate`)).body.status).toBe('active');
  await insertUser('linus');
  const moved = await service.call('POST', `/keys/${id}/transfer`, { body: { user: 'linus' } });
  expect(moved.body.user.username).toBe('linus');
  expect((await service.call('DELETE', `/keys/${id}`)).status).toBe(204);
  expect((await service.call('DELETE', `/keys/${id}`)).status).toBe(404);
  expect((await service.call('GET', `/keys/${id}`)).status).toBe(410);
  expect(await verify(renewed.body.secret)).toBe('NOT_FOUND');
  expect((await service.call('POST', `/keys/${id}/restore`)).body.status).toBe('inactive');
  expect((await service.call('POST', `/keys/${id}/restore`)).status).toBe(409);
  expect(await auditOf(id)).toEqual([
    ...['key.create', 'key.regenerate', 'key.deactivate', 'key.activate'],
    ...['key.transfer', 'key.delete', 'key.restore'],
  ]);
});

it('changes by merge patch what is sent, and nothing else', async () => {
  const { id, etag } = await create({
    name: 'old',
    metadata: { a: { b: 1, c: 2 } },
    scopes: ['x'],
  });
  const patch = { name: 'new', metadata: { a: { b: null, d: 3 } } };
  const answer = await service.call('PATCH', `/keys/${id}`, {
    body: patch,
    headers: { 'if-match': etag },
  });
  expect(answer.body).toMatchObject({ name: 'new', scopes: ['x'] });
  expect(answer.body.metadata).toEqual({ a: { c: 2, d: 3 } });
  const stale = await service.call('PATCH', `/keys/${id}`, {
    body: { name: 'lost' },
    headers: { 'if-match': etag },
  });
  expect(stale.status).toBe(412);
  const now = stale.headers.get('etag') ?? '';
  expect(now).toBe(answer.headers.get('etag'));
  const cleared = await service.call('PATCH', `/keys/${id}`, {
    body: { name: null, metadata: null, scopes: null },
    headers: { 'if-match': now },
  });
  expect(cleared.body).toMatchObject({ name: '', metadata: null, scopes: [] });
  const off = await service.call('PATCH', `/keys/${id}`, {
    body: { active: false },
    headers: { 'if-match': '*' },
  });
  expect(off.body.status).toBe('inactive');
});

it('changes the expiry date with a regenerate, or nothing at all', async () => {
  const { id, secret, etag } = await create({ expiresAt: '2099-01-01T00:00:00Z' });
  const ask = (expiresAt: string) =>
    service.call('POST', `/keys/${id}/regenerate`, {
      body: { expiresAt },
      headers: { ...fresh(), 'if-match': etag },
    });
  expect((await ask('2001-01-01T00:00:00Z')).body.errors).toMatchObject([
    { pointer: '/expiresAt' },
  ]);
  expect(await verify(secret)).toBe('VALID');
  expect((await ask('2098-01-01T00:00:00Z')).body.expiresAt).toBe('2098-01-01T00:00:00.000Z');
});

it('leaves a lost update to nobody: of 20 changes at once one wins', async () => {
  const { id, etag } = await create();
  const all = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      service.call('PATCH', `/keys/${id}`, {
        body: { name: `n${at}` },
        headers: { 'if-match': etag },
      }),
    ),
  );
  expect(all.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(412)]);
});

it('finds keys by every filter, page by page', async () => {
  await insertUser('linus');
  const made = [];
  for (let at = 0; at < 5; at++) made.push(await create({ name: `job ${at}` }));
  const other = await create({ user: 'linus', expiresAt: '2030-01-01T00:00:00Z', active: false });
  const ids: string[] = [];
  let path = '/keys?username=grace&limit=2&count=true';
  for (let pages = 0; pages < 5; pages++) {
    const { body, headers } = await service.call('GET', path);
    expect(body.total).toBe(5);
    ids.push(...body.items.map((key: { id: string }) => key.id));
    if (body.nextCursor === null) {
      expect(headers.get('link')).toBeNull();
      break;
    }
    const next = /^<(.*)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1] ?? '';
    path = next.replace('http://localhost:3000/api/v1', '');
    expect(new URL(next).searchParams.get('cursor')).toBe(body.nextCursor);
  }
  expect(ids).toEqual(made.map(({ id }) => id).reverse());
  const found = async (query: string) =>
    (await service.call('GET', `/keys?${query}`)).body.items.map((key: { id: string }) => key.id);
  expect(await found('status=inactive')).toEqual([other.id]);
  expect(await found(`owner=${other.user.id}`)).toEqual([other.id]);
  expect(await found(`q=${encodeURIComponent('job 3')}`)).toEqual([made[3]?.id]);
  expect(await found('expiresBefore=2031-01-01T00:00:00Z')).toEqual([other.id]);
  expect(await found('expiresBefore=2031-01-01T00:00:00Z&sort=expires')).toEqual([other.id]);
  expect(await found('unusedSince=2001-01-01T00:00:00Z')).toEqual([]);
  const soon = new Date(Date.now() + 60_000).toISOString();
  for (const sort of ['-created', 'used', '-expires', 'username', 'status']) {
    expect(await found(`username=grace&unusedSince=${soon}&sort=${sort}`)).toHaveLength(5);
  }
  const bad = await service.call('GET', '/keys?limit=0&cursor=x&sort=size&more=1');
  expect(bad.body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
    ...['/limit', '/more', '/sort'],
  ]);
  expect((await service.call('GET', '/keys?cursor=x')).status).toBe(422);
  expect((await service.call('GET', '/keys?limit=1&limit=2')).status).toBe(400);
});

it('answers 304 to who knows the key as it is', async () => {
  const { id, etag } = await create();
  const headers = { 'if-none-match': `"other", ${etag}` };
  expect((await service.call('GET', `/keys/${id}`, { headers })).status).toBe(304);
  await service.call('POST', `/keys/${id}/deactivate`);
  expect((await service.call('GET', `/keys/${id}`, { headers })).status).toBe(200);
});

it('counts calls by hour and outcome', async () => {
  const { id } = await create();
  const { body } = await service.call('GET', `/keys/${id}/usage?span=7d`);
  expect(body.steps).toHaveLength(28);
  expect((await service.call('GET', `/keys/${randomUUID()}/usage`)).status).toBe(404);
});

describe('bad input', () => {
  const wrong: [string, object, string][] = [
    ['an unknown user', { user: 'nobody' }, '/user'],
    ['no user', { user: undefined }, '/user'],
    ['an unknown field', { colour: 'red' }, '/colour'],
    ['a scope with a blank', { scopes: ['a', 'b c'] }, '/scopes/1'],
    ['a past expiry date', { expiresAt: '2001-01-01T00:00:00Z' }, '/expiresAt'],
    ['a day that does not exist', { expiresAt: '2030-02-30T00:00:00Z' }, '/expiresAt'],
    ['a date without a zone', { expiresAt: '2030-02-01T00:00:00' }, '/expiresAt'],
    ['no network', { allowedAddresses: ['10.0.0.1/8'] }, '/allowedAddresses/0'],
    ['a rate of nothing', { rateLimit: { calls: 0, seconds: 1 } }, '/rateLimit/calls'],
    ['metadata that cannot be stored', { metadata: { a: '\0' } }, '/metadata'],
    ['a status in words', { active: 'yes' }, '/active'],
  ];
  it.each(wrong)('%s is refused at its place, and nothing is stored', async (_, more, pointer) => {
    const before = await countRows('api_key');
    const body = { user: 'grace', ...more };
    const answer = await service.call('POST', '/keys', { body, headers: fresh() });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toMatchObject([{ pointer }]);
    expect(await countRows('api_key')).toBe(before);
    expect(await countRows('api_request')).toBe(0);
  });

  it('has the status of its kind', async () => {
    const { id } = await create();
    const post = (sent: object) =>
      service.call('POST', '/keys', { headers: fresh(), body: { user: 'grace' }, ...sent });
    expect((await post({ type: 'text/plain' })).status).toBe(415);
    expect((await post({ type: 'application/json; charset=latin1' })).status).toBe(415);
    expect((await post({ raw: '{"user":' })).status).toBe(400);
    expect((await post({ raw: `"${'x'.repeat(70_000)}"` })).status).toBe(413);
    expect((await post({ headers: {} })).body.type).toMatch(/idempotency-key-missing$/);
    expect((await post({ headers: { 'idempotency-key': 'ä' } })).status).toBe(400);
    const patch = (sent: object) => service.call('PATCH', `/keys/${id}`, { body: {}, ...sent });
    expect((await patch({})).status).toBe(428);
    expect((await patch({ type: 'application/json' })).status).toBe(415);
    expect((await patch({ headers: { 'if-match': 'abc' } })).status).toBe(400);
    expect((await patch({ headers: { 'if-match': 'W/"abc"' } })).status).toBe(412);
    expect((await service.call('PUT', '/keys')).headers.get('allow')).toBe(
      'GET, HEAD, POST, OPTIONS',
    );
    expect((await service.call('GET', '/nothing')).status).toBe(404);
    expect((await callerOf(null)('GET', '/keys')).headers.get('www-authenticate')).toMatch(
      /Bearer/,
    );
  });
});
