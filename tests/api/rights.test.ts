import { randomUUID } from 'node:crypto';
import { endpoints } from '@/lib/api/endpoints';
import { serviceScopes } from '@/lib/keys/scope';
import { callerOf, fresh, makeService } from '../helpers/api';
import { countRows, makeKey } from '../helpers/keys';
import { ada, insertUser } from '../helpers/people';
import {
  all,
  expectNoChange,
  losses,
  query,
  requestTo,
  useServices,
  writing,
} from './rights-helpers';

useServices();

describe.each(endpoints.map((one) => [`${one.method} ${one.path}`, one] as const))(
  '%s',
  (_, endpoint) => {
    const { method, path, scope } = endpoint;

    it('answers nobody without a service key that works', async () => {
      const { target, sent } = await requestTo(path);
      const plain = await makeKey(ada, 'grace');
      await query('update api_key set active = false where id = $1', [plain.id]);
      const wrong = [null, 'no-secret', all.secret.slice(0, -1), plain.secret];
      for (const secret of wrong) {
        expect((await callerOf(secret)(method, target, sent(method))).status).toBe(401);
      }
    });

    it('refuses every other scope, all of them together, and keydesk:manage', async () => {
      const { target, sent } = await requestTo(path);
      const others = serviceScopes.filter((one) => one !== scope);
      const before = await countRows('audit_event', `action = 'api.request'`);
      for (const scopes of [[], ['keydesk:manage'], ['reports:read'], others]) {
        const owner = `s-${randomUUID().slice(0, 8)}`;
        const service = await makeService(
          scopes.filter((one) => one !== 'keydesk:manage'),
          owner,
        );
        // As it was granted before that was forbidden.
        await query('update api_key set scopes = $1 where id = $2', [scopes, service.id]);
        const { status, body } = await service.call(method, target, sent(method));
        expect([status, body.requiredScope]).toEqual([403, scope]);
      }
      expect(await countRows('audit_event', `action = 'api.request' and outcome = 'refused'`)).toBe(
        before + 4,
      );
    });

    it('takes this scope alone', async () => {
      const service = await makeService([scope]);
      const { target, sent } = await requestTo(path);
      if (path.endsWith('/restore')) await all.call('DELETE', target.replace('/restore', ''));
      const { status } = await service.call(method, target, sent(method));
      expect([200, 201, 202, 204]).toContain(status);
    });
  },
);

describe('while its request waits', () => {
  const [[, lostScope] = ['', '']] = losses;
  const [first = { method: '', path: '' }] = writing;

  it.each(writing.map(({ method, path }) => [method, path]))(
    'a service key that lost the scope changes nothing by %s %s',
    (method, path) => expectNoChange(lostScope, method, path),
  );

  it.each(losses.slice(1))('a service key that %s changes nothing', (_, loss) =>
    expectNoChange(loss, first.method, first.path),
  );
});

describe('a service with every scope', () => {
  const service = () => all;

  it('never grants a scope of Keydesk', async () => {
    for (const scope of [...serviceScopes, 'keydesk:manage', 'KEYDESK:Verify', 'keydesk:new']) {
      const body = { user: 'grace', scopes: [scope] };
      const made = await service().call('POST', '/keys', { body, headers: fresh() });
      expect(made.status).toBe(403);
      const { id } = await makeKey(ada, 'grace');
      const patched = await service().call('PATCH', `/keys/${id}`, {
        body: { scopes: [scope] },
        headers: { 'if-match': '*' },
      });
      expect(patched.status).toBe(403);
    }
  });

  it.each(['own', 'another'])('never touches its %s service key, nor its owner', async (which) => {
    const other = which === 'own' ? all : await makeService(['keydesk:verify']);
    const { rows } = await query('select owner_id from api_key where id = $1', [other.id]);
    const owner = `/users/${rows[0].owner_id}`;
    const key = `/keys/${other.id}`;
    const headers = () => ({ ...fresh(), 'if-match': '*' });
    const before = (await query('select * from api_key where id = $1', [other.id])).rows;
    const tries: [string, string, object?][] = [
      ['PATCH', key, { name: 'x', expiresAt: '2030-01-01T00:00:00Z' }],
      ['PATCH', key, { scopes: [...serviceScopes, 'more'] }],
      ['POST', `${key}/regenerate`],
      ['POST', `${key}/deactivate`],
      ['POST', `${key}/transfer`, { user: 'grace' }],
      ['DELETE', key],
      ['POST', `${owner}/disable`, { keys: 'delete' }],
      ['POST', `${owner}/disable`],
      ['DELETE', `${owner}?keys=1`],
    ];
    for (const [method, path, body = {}] of tries) {
      const answer = await service().call(method, path, { body, headers: headers() });
      expect([method, path, answer.status]).toEqual([method, path, 403]);
    }
    expect((await query('select * from api_key where id = $1', [other.id])).rows).toEqual(before);
  });

  it('never changes a user with a role', async () => {
    const path = `/users/${ada.id}`;
    const tries: [string, string, object?][] = [
      ['PATCH', path, { displayName: 'x' }],
      ['POST', `${path}/disable`],
      ['DELETE', path],
    ];
    for (const [method, target, body = {}] of tries) {
      const answer = await service().call(method, target, { body, headers: { 'if-match': '*' } });
      expect(answer.status).toBe(403);
    }
    const patch = { body: { role: 'admin' }, headers: { 'if-match': '*' } };
    expect(
      (await service().call('PATCH', `/users/${await insertUser('linus')}`, patch)).status,
    ).toBe(422);
  });
});

describe('what widens a key', () => {
  const limits = {
    scopes: ['a', 'b'],
    expires: new Date('2030-01-01T00:00:00Z'),
    allowedAddresses: ['10.0.0.0/8', 'fd00::/8'],
    rateLimit: 10,
    rateWindow: 60,
  };
  const cases: [string, object, boolean][] = [
    ['another scope', { scopes: ['a', 'c'] }, true],
    ['fewer scopes', { scopes: ['b'] }, false],
    ['a later end', { expiresAt: '2030-01-01T00:00:01Z' }, true],
    ['no end', { expiresAt: null }, true],
    ['an earlier end', { expiresAt: '2029-01-01T00:00:00Z' }, false],
    ['a network around', { allowedAddresses: ['10.0.0.0/7'] }, true],
    ['another network', { allowedAddresses: ['10.0.0.0/8', '192.0.2.1'] }, true],
    ['the mapped form of another one', { allowedAddresses: ['::ffff:192.0.2.0/120'] }, true],
    ['any address', { allowedAddresses: [] }, true],
    ['networks within', { allowedAddresses: ['10.1.0.0/16', 'fd00:1::/32'] }, false],
    ['the mapped form of one within', { allowedAddresses: ['::ffff:10.1.0.0/112'] }, false],
    ['more calls', { rateLimit: { calls: 11, seconds: 60 } }, true],
    ['a shorter window', { rateLimit: { calls: 10, seconds: 59 } }, true],
    ['no rate', { rateLimit: null }, true],
    ['fewer calls', { rateLimit: { calls: 9, seconds: 60 } }, false],
    ['another name and metadata', { name: 'x', metadata: { a: 1 } }, false],
    ['off', { active: false }, false],
  ];

  it.each(cases)('%s', async (_, patch, isWider) => {
    const writer = await makeService(['keydesk:keys.write']);
    const both = await makeService(['keydesk:keys.write', 'keydesk:keys.widen']);
    const { id } = await makeKey(ada, 'grace', limits);
    const sent = { body: patch, headers: { 'if-match': '*' } };
    const answer = await writer.call('PATCH', `/keys/${id}`, sent);
    expect(answer.status).toBe(isWider ? 403 : 200);
    if (isWider) expect(answer.body.requiredScope).toBe('keydesk:keys.widen');
    expect((await both.call('PATCH', `/keys/${id}`, sent)).status).toBe(200);
  });

  it('is also a later end with a new secret, and a switch on', async () => {
    const writer = await makeService(['keydesk:keys.write']);
    const { id } = await makeKey(ada, 'grace', { ...limits, active: false });
    const sent = { body: { expiresAt: null }, headers: { ...fresh(), 'if-match': '*' } };
    expect((await writer.call('POST', `/keys/${id}/regenerate`, sent)).status).toBe(403);
    const on = { body: { active: true }, headers: { 'if-match': '*' } };
    expect((await writer.call('PATCH', `/keys/${id}`, on)).status).toBe(403);
    expect(await countRows('api_key', `id = '${id}' and secret_version = 1 and not active`)).toBe(
      1,
    );
  });

  it('needs the right to keys besides that to users', async () => {
    const users = await makeService(['keydesk:users.write']);
    await makeKey(ada, 'grace');
    const { rows } = await query(`select id from directory_user where username = 'grace'`);
    const path = `/users/${rows[0].id}`;
    const disable = (body: object) => users.call('POST', `${path}/disable`, { body });
    expect((await disable({ keys: 'delete' })).body.requiredScope).toBe('keydesk:keys.write');
    expect((await disable({ keys: 'switch-off' })).body.requiredScope).toBe('keydesk:keys.write');
    const transfer = await disable({ keys: 'transfer', to: all.owner });
    expect(transfer.body.requiredScope).toBe('keydesk:keys.widen');
    expect((await users.call('DELETE', `${path}?keys=1`)).body.requiredScope).toBe(
      'keydesk:keys.write',
    );
    expect((await disable({})).status).toBe(200);
  });
});

it('limits each caller, and says so in every answer', async () => {
  const { id, secret } = await makeService();
  await query('update api_key set rate_limit = 3, rate_window = 3600 where id = $1', [id]);
  const call = callerOf(secret);
  const answers = [];
  for (let at = 0; at < 4; at++) answers.push(await call('GET', '/keys'));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
  expect(answers[0]?.headers.get('ratelimit')).toMatch(/^"key";r=2;t=\d+$/);
  expect(answers[0]?.headers.get('ratelimit-policy')).toBe('"key";q=3;w=3600');
  expect(Number(answers[3]?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await all.call('GET', '/keys')).headers.get('ratelimit-policy')).toBe(
    '"key";q=18000;w=60',
  );
});
