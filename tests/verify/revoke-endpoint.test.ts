import { freeLookups } from '@/lib/keys/failed-lookup-limiter';
import { mintSecret } from '@/lib/keys/secret/secret';
import { closeVerification } from '@/lib/verify/verification';
import { POST } from '../../app/api/v1/revoke/route';
import { type Desk, openDesk } from './helpers/desk';
import { buildThread, type Instance, startInstance } from './helpers/instance';

let desk: Desk;
let bob: string;

beforeAll(async () => {
  desk = await openDesk();
  bob = await desk.addUser('bob');
});
afterAll(() => desk.close());

const revokeAt = (
  origin: string,
  form: Record<string, string> | string,
  headers: Record<string, string> = { authorization: `Bearer ${desk.service.secret}` },
) =>
  fetch(`${origin}/api/v1/revoke`, {
    method: 'POST',
    headers,
    body: typeof form === 'string' ? form : new URLSearchParams(form),
  });
const revoke = (form: Record<string, string> | string, headers?: Record<string, string>) =>
  revokeAt(desk.origin, form, headers);
const codeOf = async (key: string) => (await (await desk.verify({ key })).json()).code;
const eventsOf = (id: string) =>
  desk.sql(
    'select action, actor_id, actor, details from audit_event where target_id = $1 order by seq',
    [id],
  );

test('a revoked key is refused at the next call, and the client is the actor', async () => {
  const key = await desk.addKey(bob);
  const response = await revoke({ token: ` ${key.secret}\n`, token_type_hint: 'refresh_token' });
  expect([response.status, await response.text()]).toEqual([200, '']);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(await codeOf(key.secret)).toBe('INACTIVE');
  const actor = { actor_id: desk.service.id, actor: expect.stringMatching(/^gateway kd_.{4}…/) };
  const details = { source: 'RFC 7009 revocation', version: 1 };
  expect(await eventsOf(key.id)).toEqual([
    { action: 'key.report-leak', ...actor, details },
    { action: 'key.deactivate', ...actor, details },
  ]);
});

test('it ends a key whatever the policy says, and again after it was switched on', async () => {
  await desk.sql(`insert into key_policy (on_leak) values ('tell-only')`);
  const key = await desk.addKey(bob);
  for (let round = 1; round <= 2; round++) {
    expect((await revoke({ token: key.secret })).status).toBe(200);
    expect(await codeOf(key.secret)).toBe('INACTIVE');
    await desk.sql('update api_key set active = true where id = $1', [key.id]);
  }
  const actions = (await eventsOf(key.id)).map(({ action }) => action);
  expect(actions).toEqual(['key.report-leak', 'key.deactivate', 'key.deactivate']);
});

test('an unknown token is answered alike and stored nowhere', async () => {
  const counts = () =>
    desk.sql(`select (select count(*) from audit_event) as events,
      (select count(*) from leak_report) as reports`);
  const before = await counts();
  for (const token of ['nonsense', mintSecret('kd'), 'sk_live_of_another_program']) {
    const response = await revoke({ token });
    expect([response.status, await response.text()]).toEqual([200, '']);
  }
  expect(await counts()).toEqual(before);
});

test('bad requests carry the error of OAuth', async () => {
  const token = mintSecret('kd');
  const as = { authorization: `Bearer ${desk.service.secret}` };
  for (const form of ['', 'token=', `token=${token}&token=${token}`]) {
    const response = await revoke(form, as);
    expect([response.status, (await response.json()).error]).toEqual([400, 'invalid_request']);
  }
  const twice = await revoke({ token, client_secret: desk.service.secret }, as);
  expect(twice.status).toBe(400);
  const plain = await desk.addKey(bob);
  const strangers: Record<string, string>[] = [{}, { authorization: `Bearer ${plain.secret}` }];
  for (const stranger of strangers) {
    const response = await revoke({ token }, stranger);
    expect([response.status, (await response.json()).error]).toEqual([401, 'invalid_client']);
    expect(response.headers.get('www-authenticate')).toContain('Basic');
  }
  expect((await revoke('x'.repeat(9_000), as)).status).toBe(413);
  expect((await fetch(`${desk.origin}/api/v1/revoke`)).status).toBe(405);
});

test('nobody without a service key ends a key, and a service key can end itself', async () => {
  const key = await desk.addKey(bob);
  await revoke({ token: key.secret }, { authorization: `Bearer ${key.secret}` });
  expect(await codeOf(key.secret)).toBe('VALID');
  const own = await desk.addKey(bob, { scopes: ['keydesk:verify'] });
  const as = { authorization: `Bearer ${own.secret}` };
  expect((await revoke({ token: own.secret }, as)).status).toBe(200);
  expect((await revoke({ token: key.secret }, as)).status).toBe(401);
});

test('a client that guesses must wait', async () => {
  const thief = await desk.addKey(bob, { scopes: ['keydesk:verify'] });
  const as = { authorization: `Bearer ${thief.secret}` };
  const statuses: number[] = [];
  for (let guess = 0; guess <= freeLookups; guess++) {
    statuses.push((await revoke({ token: mintSecret('kd') }, as)).status);
  }
  expect(statuses.filter((status) => status === 200)).toHaveLength(freeLookups);
  expect(statuses.at(-1)).toBe(429);
});

test('the port of pages answers alike', async () => {
  const key = await desk.addKey(bob);
  const ask = (token: string, service = desk.service.secret) =>
    POST(
      new Request('http://localhost:3000/api/v1/revoke', {
        method: 'POST',
        headers: { authorization: `Bearer ${service}`, 'x-keydesk-address': '192.0.2.1' },
        body: new URLSearchParams({ token }),
      }),
    );
  try {
    expect((await ask(key.secret, key.secret)).status).toBe(401);
    const response = await ask(key.secret);
    expect([response.status, await response.text()]).toEqual([200, '']);
  } finally {
    await closeVerification();
  }
  expect(await codeOf(key.secret)).toBe('INACTIVE');
});

describe('two instances, each with its listener in a thread', () => {
  const instances: Instance[] = [];
  beforeAll(async () => {
    const thread = await buildThread();
    instances.push(await startInstance(desk.url, thread), await startInstance(desk.url, thread));
  });
  afterAll(() => Promise.all(instances.map((one) => one.stop())));

  test('what one revokes the other refuses, and twice at once makes one report', async () => {
    const key = await desk.addKey(bob);
    const answers = await Promise.all(
      [...instances, ...instances].map(({ origin }) => revokeAt(origin, { token: key.secret })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    for (const one of instances) {
      expect(await one.verify(desk.service.secret, key.secret)).toMatchObject({ code: 'INACTIVE' });
    }
    const actions = (await eventsOf(key.id)).map(({ action }) => action);
    expect(actions.sort()).toEqual(['key.deactivate', 'key.report-leak']);
  });
});

test('it answers 503 where the database fails, and nothing is half revoked', async () => {
  const key = await desk.addKey(bob);
  await desk.sql(`alter table leak_report rename to leak_report_away`);
  expect((await revoke({ token: key.secret })).status).toBe(503);
  await desk.sql(`alter table leak_report_away rename to leak_report`);
  expect(await codeOf(key.secret)).toBe('VALID');
});
