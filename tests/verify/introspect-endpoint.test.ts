import { mintSecret } from '@/lib/keys/secret/secret';
import { answerMetadata } from '@/lib/verify/server-metadata';
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

test('a token without an expiry date has no "exp"', async () => {
  const key = await desk.addKey(bob);
  expect(await (await desk.introspect({ token: key.secret })).json()).not.toHaveProperty('exp');
});

test('any other token is only reported as not active', async () => {
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

describe('a client of OAuth', () => {
  const formEncoded = (text: string) => encodeURIComponent(text).replaceAll('_', '%5F');
  const basic = (pair: string) => ({ authorization: `Basic ${btoa(pair)}` });

  test('may form-encode its parts, as RFC 6749 requires, or send them as they are', async () => {
    const key = await desk.addKey(bob);
    for (const secret of [formEncoded(desk.service.secret), desk.service.secret]) {
      const answer = await desk.introspect({ token: key.secret }, basic(`x:${secret}`));
      expect(await answer.json()).toMatchObject({ active: true });
    }
    const mixed = `${'x'.repeat(10)}%25+${'y'.repeat(10)}`;
    for (const secret of [mixed, formEncoded(mixed)]) {
      const answer = await desk.introspect({ token: key.secret }, basic(`x:${secret}`));
      expect(answer.status).toBe(401);
    }
  });

  test('may put its secret into the form', async () => {
    const key = await desk.addKey(bob);
    const form = { token: key.secret, client_id: 'x', client_secret: desk.service.secret };
    const ask = (more: Record<string, string> = {}) =>
      fetch(`${desk.origin}/api/v1/introspect`, {
        method: 'POST',
        headers: more,
        body: new URLSearchParams(form),
      });
    expect(await (await ask()).json()).toMatchObject({ active: true });
    const twice = await ask(basic(`x:${desk.service.secret}`));
    expect(twice.status).toBe(400);
    expect(await twice.json()).toMatchObject({ status: 400, error: 'invalid_request' });
  });

  test("gets the authentication methods, and errors in OAuth's form", async () => {
    const unknown = await desk.introspect({ token: 'x' }, basic(`x:${mintSecret('kd')}`));
    expect(unknown.status).toBe(401);
    expect(unknown.headers.get('www-authenticate')).toBe(
      'Bearer realm="Keydesk", Basic realm="Keydesk"',
    );
    expect(await unknown.json()).toMatchObject({
      error: 'invalid_client',
      detail: expect.stringMatching(/Bearer.*Basic.*client_secret/),
    });
    expect(await (await desk.introspect({})).json()).toMatchObject({ error: 'invalid_request' });
  });

  test('finds introspection and revocation in the metadata, if VERIFY_URL is set', async () => {
    const path = '/.well-known/oauth-authorization-server';
    expect((await fetch(desk.origin + path)).status).toBe(404);
    const issuer = 'https://verify.example.org';
    expect(JSON.parse(answerMetadata({ ...desk.own, issuer }).body)).toEqual({
      issuer,
      introspection_endpoint: `${issuer}/api/v1/introspect`,
      introspection_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      revocation_endpoint: `${issuer}/api/v1/revoke`,
      revocation_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      response_types_supported: [],
      grant_types_supported: [],
    });
  });
});

test.each(['\n', '\r\n', '  ', '\t'])(
  'a token with %j around it is read without',
  async (blank) => {
    const key = await desk.addKey(bob);
    const answer = await desk.introspect({ token: blank + key.secret + blank });
    expect(await answer.json()).toMatchObject({ active: true });
    expect((await desk.introspect({ token: blank })).status).toBe(400);
  },
);

test('a request without a token, or with two, is bad', async () => {
  expect((await desk.introspect({})).status).toBe(400);
  const two = await fetch(`${desk.origin}/api/v1/introspect`, {
    method: 'POST',
    headers: { authorization: `Bearer ${desk.service.secret}` },
    body: 'token=a&token=b',
  });
  expect(two.status).toBe(400);
});

test('callers without a service key are refused', async () => {
  const response = await desk.introspect({ token: 'x' }, { authorization: 'Bearer x' });
  expect(response.status).toBe(401);
});
