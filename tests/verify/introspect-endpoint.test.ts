import { mintSecret } from '@/lib/keys/secret';
import { type Desk, openDesk } from './helpers/desk';

let desk: Desk;
let bob: string;

beforeAll(async () => {
  desk = await openDesk();
  bob = await desk.addUser('bob');
});
afterAll(() => desk.close());

test('an active token is described in the words of RFC 7662', async () => {
  const key = await desk.addKey(bob, { scopes: ['a', 'b'], expires: '2099-01-01T00:00:00.5Z' });
  const answer = await (await desk.introspect({ token: key.secret })).json();
  expect(answer).toEqual({
    active: true,
    sub: bob,
    username: 'bob',
    scope: 'a b',
    exp: Date.UTC(2099, 0, 1) / 1_000,
    iat: expect.any(Number),
    jti: key.id,
    token_type: 'Bearer',
  });
  expect(Math.abs(answer.iat - Date.now() / 1_000)).toBeLessThan(60);
});

test('a token without an end has no "exp"', async () => {
  const key = await desk.addKey(bob);
  expect(await (await desk.introspect({ token: key.secret })).json()).not.toHaveProperty('exp');
});

test('of any other token nothing is said but that it is not active', async () => {
  const off = await desk.addKey(bob, { active: false });
  const bound = await desk.addKey(bob, { networks: ['203.0.113.0/24'] });
  for (const token of ['nonsense', mintSecret('kd'), off.secret, bound.secret]) {
    const response = await desk.introspect({ token, token_type_hint: 'access_token' });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('{"active":false}');
  }
  const near = await desk.introspect({ token: bound.secret, ip: '203.0.113.1' });
  expect(await near.json()).toMatchObject({ active: true });
});

test('the service key also counts as the secret of a client', async () => {
  const key = await desk.addKey(bob);
  const basic = (pair: string) => ({ authorization: `Basic ${btoa(pair)}` });
  const answer = await desk.introspect({ token: key.secret }, basic(`any:${desk.service.secret}`));
  expect(await answer.json()).toMatchObject({ active: true });
  for (const pair of [`any:${key.secret}`, desk.service.secret, ':', '']) {
    expect((await desk.introspect({ token: key.secret }, basic(pair))).status).toBe(401);
  }
});

test('without a token, or with two, the request is bad', async () => {
  expect((await desk.introspect({})).status).toBe(400);
  const two = await fetch(`${desk.origin}/api/v1/introspect`, {
    method: 'POST',
    headers: { authorization: `Bearer ${desk.service.secret}` },
    body: 'token=a&token=b',
  });
  expect(two.status).toBe(400);
});

test('strangers are turned away', async () => {
  const response = await desk.introspect({ token: 'x' }, { authorization: 'Bearer x' });
  expect(response.status).toBe(401);
});
