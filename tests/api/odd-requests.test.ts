import { randomUUID } from 'node:crypto';
import { answerApi } from '@/lib/api/answer-api';
import { closeVerification } from '@/lib/verify/verification';
import { callerOf, fresh, makeService } from '../helpers/api';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { countRows, makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser } from '../helpers/people';
import { useSettings } from '../helpers/settings';

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

const create = (body: object, headers: Record<string, string> = fresh()) =>
  service.call('POST', '/keys', { body: { user: 'grace', ...body }, headers });

describe('values that PostgreSQL cannot take', () => {
  it.each([
    ['/keys?q=%00', '/q'],
    ['/keys?username=a%00', '/username'],
    ['/users?username=%00', '/username'],
    ['/keys?expiresBefore=0000-01-01T00:00:00Z', '/expiresBefore'],
    ['/keys?unusedSince=9999-12-31T23:59:59-23:59', '/unusedSince'],
  ])('%s is refused', async (path, pointer) => {
    const { status, body } = await service.call('GET', path);
    expect([status, body.errors?.[0].pointer]).toEqual([422, pointer]);
  });

  it('a time in the year 10000 of UTC is refused, and the last one before it taken', async () => {
    const late = await create({ expiresAt: '9999-12-31T23:59:59-00:01' });
    expect(late.body.errors).toMatchObject([{ pointer: '/expiresAt' }]);
    const last = await create({ expiresAt: '9999-12-31T23:59:59Z' });
    expect(last.body.expiresAt).toBe('9999-12-31T23:59:59.000Z');
  });
});

it('an unknown parameter is refused where there is none at all, and nothing is done', async () => {
  const { id } = await makeKey(ada, 'grace');
  const answer = await service.call('DELETE', `/keys/${id}?dryRun=1`);
  expect(answer.body.errors).toMatchObject([{ pointer: '/dryRun', in: 'query' }]);
  expect((await service.call('GET', `/keys/${id}?expand=user`)).status).toBe(422);
  expect((await service.call('GET', `/keys/${id}`)).status).toBe(200);
});

it('a number in words is refused in words', async () => {
  const { body } = await service.call('GET', '/keys?limit=many');
  expect(body.detail).toBe('/limit: Send a whole number from 1 to 200.');
});

it('a packed body is refused, whatever it contains', async () => {
  const packed = await create({}, { ...fresh(), 'content-encoding': 'gzip' });
  expect([packed.status, packed.headers.get('accept-encoding')]).toEqual([415, 'identity']);
  expect((await create({}, { ...fresh(), 'content-encoding': 'identity' })).status).toBe(201);
});

it('two idempotency keys are none', async () => {
  const headers = new Headers(fresh());
  headers.append('idempotency-key', '"another"');
  const answer = await create({}, Object.fromEntries(headers));
  expect([answer.status, await countRows('api_key', `name = ''`)]).toEqual([400, 1]);
});

describe('what an answer says of the way in', () => {
  it('names the error only to a caller who presented something', async () => {
    const nobody = await callerOf(null)('GET', '/keys');
    expect(nobody.headers.get('www-authenticate')).toBe('Bearer realm="Keydesk"');
    const wrong = await callerOf(`${service.secret}x`)('GET', '/keys');
    expect(wrong.headers.get('www-authenticate')).toMatch(/error="invalid_token"$/);
  });

  it('names the missing scope', async () => {
    const reader = await makeService(['keydesk:keys.read']);
    const { headers } = await reader.call('POST', '/keys', { body: {}, headers: fresh() });
    expect(headers.get('www-authenticate')).toMatch(
      /error="insufficient_scope", scope="keydesk:keys.write"$/,
    );
  });

  it('names the methods of a path, and of no other', async () => {
    const ask = (path: string) =>
      answerApi(new Request(`http://localhost:3000/api/v1${path}`, { method: 'OPTIONS' }));
    const known = await ask(`/keys/${randomUUID()}`);
    expect([known.status, known.headers.get('allow')]).toEqual([
      204,
      'GET, HEAD, PATCH, DELETE, OPTIONS',
    ]);
    expect((await ask('/nothing')).status).toBe(404);
  });
});

it('a service that is refused all the time does not fill the audit', async () => {
  const gate = await makeService(['keydesk:verify']);
  for (let at = 0; at < 40; at++) {
    expect((await gate.call('GET', '/keys')).status).toBe(403);
  }
  const { length } = await refusals(gate.id);
  // The limit begins with the first refusal, and 40 take less than a minute.
  expect(length).toBe(30);
});

async function refusals(id: string) {
  const { text } = await service.call('GET', '/audit?limit=1000');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { action: string; actor: { id: string } })
    .filter(({ action, actor }) => action === 'api.request' && actor.id === id);
}
