import { type Desk, openDesk, pepper } from './helpers/desk';

let desk: Desk;
let bob: string;

beforeAll(async () => {
  desk = await openDesk({ peppers: [{ version: 2, key: Buffer.alloc(32, 'new') }, pepper] });
  bob = await desk.addUser('bob');
});
afterAll(() => desk.close());

const codeOf = async (secret: string) =>
  (await (await desk.verify({ key: secret, scopes: ['a'] })).json()).code;

test.each([
  ['switched off', 'update api_key set active = false where id = $1', 'INACTIVE'],
  ['deleted', 'update api_key set deleted_at = now() where id = $1', 'NOT_FOUND'],
  [
    'regenerated',
    'update api_key set secret_mac = sha256($1::text::bytea) where id = $1::uuid',
    'NOT_FOUND',
  ],
  ['expired', 'update api_key set expires_at = now() where id = $1', 'EXPIRED'],
  ['narrowed', "update api_key set scopes = '{b}' where id = $1", 'INSUFFICIENT_SCOPE'],
  ['bound', "update api_key set allowed_addresses = '{10.0.0.0/8}' where id = $1", 'IP_DENIED'],
  [
    'its owner disabled',
    'update directory_user set active = false where id = (select owner_id from api_key where id = $1)',
    'OWNER_INACTIVE',
  ],
])('a key that was %s is refused from the next call on', async (what, change, code) => {
  const owner = what === 'its owner disabled' ? await desk.addUser('leaver') : bob;
  const key = await desk.addKey(owner, { scopes: ['a'] });
  for (let call = 0; call < 6; call++) expect(await codeOf(key.secret)).toBe('VALID');
  await desk.sql(change, [key.id]);
  expect(await codeOf(key.secret)).toBe(code);
});

test('a service key that was switched off may not ask again', async () => {
  const service = await desk.addKey(bob, { scopes: ['keydesk:verify'] });
  const ask = () =>
    desk.verify({ key: service.secret }, { authorization: `Bearer ${service.secret}` });
  expect((await ask()).status).toBe(200);
  await desk.sql('update api_key set active = false where id = $1', [service.id]);
  expect((await ask()).status).toBe(401);
});

test('expiry is judged by the clock of the database', async () => {
  const key = await desk.addKey(bob, { scopes: ['a'] });
  await desk.sql("update api_key set expires_at = now() + interval '1 hour' where id = $1", [
    key.id,
  ]);
  jest.useFakeTimers({
    now: Date.now() + 7_200_000,
    doNotFake: [
      'setTimeout',
      'setImmediate',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setInterval',
      'clearInterval',
      'clearTimeout',
    ],
  });
  expect(await codeOf(key.secret)).toBe('VALID');
  jest.useRealTimers();
});
