import { createHmac, randomUUID } from 'node:crypto';
import { pagePool } from '@/db/client';
import { forgetAnswers, forgetRequests } from '@/lib/api/forget-requests';
import { derivedKey } from '@/lib/crypto/derived-key';
import { doChores } from '@/lib/server/housekeeping';
import { closeVerification } from '@/lib/verify/verification';
import { fresh, makeService } from '../helpers/api';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { countRows } from '../helpers/keys';
import { insertPeople, insertUser } from '../helpers/people';
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

const query = (text: string, values: unknown[] = []) => pagePool().query(text, values);
const post = (headers: Record<string, string>, body: object = { user: 'grace' }, by = service) =>
  by.call('POST', '/keys', { body, headers });

it('makes one key of 100 requests at once, and answers all alike', async () => {
  const headers = fresh();
  const answers = await Promise.all(Array.from({ length: 100 }, () => post(headers)));
  const texts = new Set(answers.map(({ status, text }) => `${status} ${text}`));
  expect([...texts]).toEqual([expect.stringMatching(/^201 .*"secret":"kd_/)]);
  expect(new Set(answers.map((one) => one.headers.get('etag'))).size).toBe(1);
  expect(
    await countRows(
      'api_key',
      `owner_id = (select id from directory_user where username = 'grace')`,
    ),
  ).toBe(1);
  expect(await countRows('audit_event', `action = 'key.create'`)).toBe(2);
});

it('makes a key for each idempotency key, and for each caller', async () => {
  const headers = fresh();
  const other = await makeService();
  const ids = [
    await post(headers),
    await post(fresh()),
    await post(headers, { user: 'grace' }, other),
  ].map(({ body }) => body.id);
  expect(new Set(ids).size).toBe(3);
});

it.each(['plain-text', '"plain-text"'])('takes %s as the same key', async (text) => {
  const first = await post({ 'idempotency-key': 'plain-text' });
  expect((await post({ 'idempotency-key': text })).text).toBe(first.text);
});

it('refuses another request under the same key', async () => {
  const headers = fresh();
  await post(headers);
  const other = await post(headers, { user: 'grace', expiresAt: '2099-01-01T00:00:00Z' });
  expect(other).toMatchObject({ status: 422, body: { type: expect.stringMatching(/reused$/) } });
  const again = fresh();
  await post(again, { user: 'grace', expiresAt: '2099-01-01T00:00:00Z' });
  const later = { user: 'grace', expiresAt: '2099-01-01T00:00:01Z' };
  expect((await post(again, later)).status).toBe(422);
});

it('keeps the answer for ten minutes, and the key for a day', async () => {
  const headers = fresh();
  const { body } = await post(headers);
  await query(`update api_request set created_at = now() - interval '11 minutes'`);
  const late = await post(headers);
  expect(late).toMatchObject({ status: 409, body: { keyId: body.id } });
  expect(late.text).not.toContain(body.secret);
  await query(`update api_request set created_at = now() - interval '25 hours'`);
  expect((await post(headers)).body.id).not.toBe(body.id);
});

it('answers 409 while another instance does the same request, and then like it', async () => {
  const mac = createHmac('sha256', derivedKey('idempotency'));
  mac.update(JSON.stringify(['key', service.id, 'long']));
  const lock = mac.digest().readBigInt64BE();
  const headers = { 'idempotency-key': 'long' };
  const holder = await pagePool().connect();
  try {
    await holder.query(`begin; select pg_advisory_xact_lock(${lock})`);
    const answer = await post(headers);
    expect(answer.status).toBe(409);
    expect(answer.headers.get('retry-after')).toBe('1');
  } finally {
    await holder.query('rollback');
    holder.release();
  }
  const [one, two] = [await post(headers), await post(headers)];
  expect([one.status, two.text]).toEqual([201, one.text]);
});

it('removes answers after ten minutes, and requests after a day', async () => {
  await post(fresh());
  const age = (interval: string) =>
    query(`update api_request set created_at = now() - interval '${interval}'`);
  const left = async () => [
    await countRows('api_request'),
    await countRows('api_request', 'sealed_answer is not null'),
  ];
  await doChores({ forgetAnswers, forgetRequests });
  expect(await left()).toEqual([1, 1]);
  await age('11 minutes');
  await doChores({ forgetAnswers, forgetRequests });
  expect(await left()).toEqual([1, 0]);
  await age('25 hours');
  await doChores({ forgetAnswers, forgetRequests });
  expect(await left()).toEqual([0, 0]);
});

it('keeps nothing of a request that was refused', async () => {
  const headers = fresh();
  expect((await post(headers, { user: 'nobody' })).status).toBe(422);
  expect(await countRows('api_request')).toBe(0);
  expect((await post(headers)).status).toBe(201);
});

it('stores no answer that a reader of the database could open', async () => {
  const key = 'guessable';
  const { body } = await post({ 'idempotency-key': key });
  const { rows } = await query('select * from api_request');
  const stored = rows.map((row) => Object.values(row).map(readable).join(' ')).join(' ');
  for (const secret of [body.secret, key, body.secret.slice(3, 20)]) {
    expect(stored).not.toContain(secret);
  }
  // The control: with the settings and the idempotency key, it opens.
  expect((await post({ 'idempotency-key': key })).body.secret).toBe(body.secret);
  // With the idempotency key alone, it does not.
  useSettings({ AUTH_SECRET: 'another secret of at least 32 bytes, 9876543210' });
  expect((await post({ 'idempotency-key': key })).body.id).not.toBe(body.id);
});

it('opens a sealed answer only for the caller and key that it was sealed for', async () => {
  const [one, two] = [fresh(), fresh()];
  await post(one);
  await post(two);
  await query(`update api_request a set sealed_answer =
    (select b.sealed_answer from api_request b where b.key_mac <> a.key_mac)`);
  expect((await post(one)).status).toBe(409);
});

it('repeats the answer of a regenerate, whose condition no longer holds', async () => {
  const made = await post(fresh());
  const headers = { ...fresh(), 'if-match': made.headers.get('etag') ?? '' };
  const path = `/keys/${made.body.id}/regenerate`;
  const [one, two] = [
    await service.call('POST', path, { headers }),
    await service.call('POST', path, { headers }),
  ];
  expect(one.status).toBe(200);
  expect(two.text).toBe(one.text);
});

function readable(value: unknown): string {
  return Buffer.isBuffer(value)
    ? `${value.toString('latin1')} ${value.toString('hex')}`
    : String(value);
}

it('needs no key to add a user, and takes one', async () => {
  const headers = fresh();
  const body = { username: `u-${randomUUID().slice(0, 8)}` };
  const answers = [1, 2].map(() => service.call('POST', '/users', { body, headers }));
  const [one, two] = await Promise.all(answers);
  expect([one?.status, two?.status]).toEqual([201, 201]);
  expect(one?.text).toBe(two?.text);
  expect((await service.call('POST', '/users', { body })).status).toBe(409);
});
