import { randomUUID } from 'node:crypto';
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import tokenIntrospection from 'token-introspection';
import { mintSecret } from '@/lib/keys/secret/secret';
import { createListener } from '@/lib/verify/listener';
import { answerRevoke } from '@/lib/verify/revoke-endpoint';
import { type Desk, type Key, openDesk } from './helpers/desk';

let desk: Desk;
let key: Key;
let issuer: string;
let closeIssuer = () => {};

// The packages from npm that a team with a resource server would install.
beforeAll(async () => {
  desk = await openDesk();
  key = await desk.addKey(await desk.addUser('bob'), { scopes: ['reports:read'] });
  // A listener that knows its public address, as with VERIFY_URL.
  const own = { ...desk.own, issuer: undefined as string | undefined };
  const server = createListener(own, answerRevoke);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  own.issuer = issuer;
  closeIssuer = () => {
    server.closeAllConnections();
    server.close();
  };
});
afterAll(async () => {
  closeIssuer();
  await desk.close();
});

const active = { active: true, username: 'bob', scope: 'reports:read' };

describe('openid-client', () => {
  const discover = (authentication?: openid.ClientAuth) =>
    openid.discovery(new URL(issuer), 'reports', desk.service.secret, authentication, {
      algorithm: 'oauth2',
      execute: [openid.allowInsecureRequests],
    });

  test('discovers introspection and asks', async () => {
    const found = await discover();
    expect(found.serverMetadata().introspection_endpoint).toBe(`${issuer}/api/v1/introspect`);
    expect(await openid.tokenIntrospection(found, key.secret)).toMatchObject(active);
    expect(await openid.tokenIntrospection(found, mintSecret('kd'))).toEqual({ active: false });
  });

  test.each([
    ['client_secret_basic', () => openid.ClientSecretBasic(desk.service.secret)],
    ['client_secret_post', () => openid.ClientSecretPost(desk.service.secret)],
  ])('authenticates with %s', async (_name, authentication) => {
    const found = await discover(authentication());
    expect(await openid.tokenIntrospection(found, key.secret)).toMatchObject(active);
  });

  test('discovers revocation and revokes', async () => {
    const found = await discover();
    const leaked = await desk.addKey(await desk.addUser('carol'));
    expect(await openid.tokenIntrospection(found, leaked.secret)).toMatchObject({ active: true });
    await openid.tokenRevocation(found, leaked.secret, { token_type_hint: 'access_token' });
    expect(await openid.tokenIntrospection(found, leaked.secret)).toEqual({ active: false });
    await openid.tokenRevocation(found, mintSecret('kd'));
  });

  test('control: it is refused with a wrong secret', async () => {
    const found = await discover(openid.ClientSecretPost(mintSecret('kd')));
    await expect(openid.tokenIntrospection(found, key.secret)).rejects.toMatchObject({
      status: 401,
    });
    await expect(openid.tokenRevocation(found, key.secret)).rejects.toMatchObject({ status: 401 });
  });
});

describe('oauth4webapi', () => {
  test.each([
    ['client_secret_basic', oauth.ClientSecretBasic],
    ['client_secret_post', oauth.ClientSecretPost],
  ])('asks with %s, found by the metadata', async (_name, authentication) => {
    const insecure = { [oauth.allowInsecureRequests]: true };
    const url = new URL(issuer);
    const discovery = await oauth.discoveryRequest(url, { algorithm: 'oauth2', ...insecure });
    const server = await oauth.processDiscoveryResponse(url, discovery);
    const client = { client_id: 'reports' };
    const answer = await oauth.introspectionRequest(
      server,
      client,
      authentication(desk.service.secret),
      key.secret,
      insecure,
    );
    const result = await oauth.processIntrospectionResponse(server, client, answer);
    expect(result).toMatchObject(active);
    const leaked = await desk.addKey(await desk.addUser(`carol ${randomUUID()}`));
    const revoke = () =>
      oauth.revocationRequest(
        server,
        client,
        authentication(desk.service.secret),
        leaked.secret,
        insecure,
      );
    for (const _again of [1, 2]) {
      expect(await oauth.processRevocationResponse(await revoke())).toBeUndefined();
    }
    expect(await (await desk.verify({ key: leaked.secret })).json()).toMatchObject({
      code: 'INACTIVE',
    });
  });
});

describe('token-introspection', () => {
  test('asks with id and secret, and with a bearer token', async () => {
    const endpoint = `${issuer}/api/v1/introspect`;
    const withSecret = { client_id: 'reports', client_secret: desk.service.secret };
    for (const shown of [withSecret, { access_token: desk.service.secret }]) {
      const introspect = tokenIntrospection({ endpoint, ...shown });
      expect(await introspect(key.secret)).toMatchObject(active);
    }
    const stranger = tokenIntrospection({ endpoint, client_id: 'x', client_secret: 'nonsense' });
    await expect(stranger(key.secret)).rejects.toThrow();
  });
});
