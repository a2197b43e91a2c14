import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, type JWTHeaderParameters, SignJWT, UnsecuredJWT } from 'jose';
import { isProviderAddress } from '@/lib/auth/oidc/provider-fetch';
import { readProviderPerson } from '@/lib/auth/oidc/provider-person';
import { useSettings } from '../helpers/settings';
import { clientSecret, providerSettings } from './start-provider';

const pair = () => generateKeyPairSync('rsa', { modulusLength: 2_048 });
const [own, foreign] = [pair(), pair()];

let server: Server;
let issuer = '';
/** The provider's answer at each path, which a test may replace. */
let says: Record<string, unknown> = {};

beforeAll(async () => {
  const key = { ...(await exportJWK(own.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
  server = createServer((request, response) => {
    const body = { '/jwks': { keys: [key] }, ...says }[request.url ?? ''];
    if (body === undefined) response.statusCode = 404;
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

beforeEach(() => {
  useSettings({ DATABASE_URL: 'postgresql://k@localhost/k', ...providerSettings(issuer) });
  sayMetadata();
});

function sayMetadata(more: Record<string, unknown> = {}, userInfo?: unknown) {
  const metadata = { issuer, jwks_uri: `${issuer}/jwks`, userinfo_endpoint: `${issuer}/me` };
  says = { '/.well-known/openid-configuration': { ...metadata, ...more }, '/me': userInfo };
}

const whole = () => ({
  ...{ iss: issuer, aud: 'keydesk', sub: 'e-1', preferred_username: 'eve', groups: ['a', 'b'] },
  auth_time: 1_700_000_000,
});

const sign = (
  claims: Record<string, unknown> = whole(),
  key: KeyObject | Uint8Array = own.privateKey,
  header: JWTHeaderParameters = { alg: 'RS256', kid: 'one' },
  expires = '1m',
) =>
  new SignJWT(claims).setProtectedHeader(header).setIssuedAt().setExpirationTime(expires).sign(key);

const read = async (idToken: string | Promise<string>) =>
  readProviderPerson({ idToken: await idToken, accessToken: 'an access token' });

test('the person is read from a token signed by the provider', async () => {
  expect(await read(sign())).toEqual({
    ...{ issuer: `${issuer}/`, subject: 'e-1', username: 'eve', groups: ['a', 'b'] },
    ...{ authTime: 1_700_000_000, verifiedEmail: null },
  });
});

test.each<[string, () => string | Promise<string>]>([
  ['signed with another key', () => sign(whole(), foreign.privateKey)],
  ['not signed', () => new UnsecuredJWT(whole()).setExpirationTime('1m').setIssuedAt().encode()],
  [
    'signed with what the client knows as well',
    () => sign(whole(), new TextEncoder().encode(clientSecret), { alg: 'HS256', kid: 'one' }),
  ],
  ['for another client', () => sign({ ...whole(), aud: 'other' })],
  ['of another issuer', () => sign({ ...whole(), iss: 'https://evil.example' })],
  ['that is over', () => sign(whole(), own.privateKey, { alg: 'RS256', kid: 'one' }, '-2m')],
  ['without a subject', () => sign({ ...whole(), sub: '' })],
  ['that is none', () => 'canary'],
])('a token %s is refused', async (_what, token) => {
  await expect(read(token())).rejects.toThrow();
});

test('missing claims are requested, for the same person only', async () => {
  const { preferred_username: _name, groups: _groups, ...bare } = whole();
  sayMetadata({}, { sub: 'e-1', preferred_username: 'eve', groups: 'a' });
  expect(await read(sign(bare))).toMatchObject({ username: 'eve', groups: ['a'] });
  sayMetadata({}, { sub: 'e-2', preferred_username: 'eve', groups: ['a'] });
  await expect(read(sign(bare))).rejects.toThrow('somebody else');
  sayMetadata({ userinfo_endpoint: undefined });
  expect(await read(sign(bare))).toMatchObject({ username: '', groups: [] });
});

const address = 'eve@example.org';
test.each<[Record<string, unknown>, string | null]>([
  [{ email: address, email_verified: true }, address],
  [{ email: address }, null],
  [{ email: address, email_verified: false }, null],
  [{ email: address, email_verified: 'true' }, null],
  [{ email: address, email_verified: 1 }, null],
  [{ email: [address], email_verified: true }, null],
  [{ email: '', email_verified: true }, null],
  [{ email: `${address}\u0000`, email_verified: true }, null],
  [{ email: `eve ${address}`, email_verified: true }, null],
  [{ email: `${'e'.repeat(250)}@x.org`, email_verified: true }, null],
])('only an address that the provider vouches for counts: %j %#', async (claims, expected) => {
  expect((await read(sign({ ...whole(), ...claims }))).verifiedEmail).toBe(expected);
});

test('the address is requested where it links people, and never mixed from two answers', async () => {
  sayMetadata({}, { sub: 'e-1', email: address, email_verified: true });
  expect((await read(sign())).verifiedEmail).toBeNull();
  useSettings({ OIDC_SCOPE: 'openid profile email' });
  expect((await read(sign())).verifiedEmail).toBe(address);
  const unverified = { ...whole(), email: 'other@example.org' };
  expect((await read(sign(unverified))).verifiedEmail).toBeNull();
  useSettings({ OIDC_SCOPE: '' });
});

test('groups that are not a list of texts are ignored', async () => {
  const groups = [{ name: 'a' }, 7, null];
  expect(await read(sign({ ...whole(), groups }))).toMatchObject({ groups: [] });
});

test.each([
  ['calls itself something else', { issuer: 'https://evil.example' }],
  ['leads elsewhere for its keys', { jwks_uri: 'http://evil.example/jwks' }],
])('a provider that %s is refused', async (_what, metadata) => {
  sayMetadata(metadata);
  await expect(read(sign())).rejects.toThrow();
});

test('a provider that is down is an error, not an answer', async () => {
  useSettings(providerSettings('http://127.0.0.1:9'));
  await expect(read('canary')).rejects.toThrow();
});

test.each([
  ['https://id.example.org/authorize', true],
  ['http://id.example.org/authorize', false],
  ['javascript:alert(1)', false],
  ['/login', false],
])('%s may be an address of the provider: %s', (address, may) => {
  expect(isProviderAddress(address)).toBe(may);
});
