import { providerChecks } from '@/lib/auth/oidc/next-auth-provider';
import {
  cookieName,
  cookieOptions,
  forgetCookie,
  ownCookies,
  setCookie,
} from '@/lib/auth/own-cookie';
import { cookieNameAt } from '../helpers/cookie-name';
import { useSettings } from '../helpers/settings';

const set = jest.fn();
jest.mock('next/headers', () => ({ cookies: async () => ({ set }) }));

/** All cookie names at an address. */
function namesAt(AUTH_URL: string): string[] {
  useSettings({ DATABASE_URL: 'postgresql://x@localhost/x', AUTH_URL });
  return ownCookies.map(cookieName);
}

const http = 'http://keys.example:3000';
const https = 'https://keys.example';

it('cookies of two addresses have different names, and none is a prefix of another', () => {
  const names = [http, 'http://keys.example:300', 'http://keys.example', https].flatMap(namesAt);
  expect(names).toEqual([...new Set(names)]);
  // NextAuth reads every cookie with the prefix of its session cookie as a part of it.
  const begins = names.filter((one) =>
    names.some((other) => other !== one && one.startsWith(other)),
  );
  expect(begins).toEqual([]);
});

it('cookies are bound to the host over https, and not over http', () => {
  for (const name of namesAt(https)) expect(name).toMatch(/^__Host-keydesk\./);
  for (const name of namesAt(http)) expect(name).toMatch(/^keydesk\./);
  expect(namesAt(http)).toContain(cookieNameAt(http, 'session'));
});

it.each([
  [https, true],
  [http, false],
])('what sets, ends or describes a cookie at %s says Secure: %s', async (address, secure) => {
  namesAt(address);
  set.mockClear();
  await setCookie('pending', 'x', 60);
  await forgetCookie('pending');
  const attributes = { httpOnly: true, sameSite: 'lax', path: '/', secure };
  for (const [name, , options] of set.mock.calls) {
    expect(name).toBe(cookieName('pending'));
    expect(options).toMatchObject(attributes);
  }
  expect(cookieOptions()).toEqual(attributes);
  for (const check of Object.values(providerChecks() ?? {})) {
    expect(ownCookies.map(cookieName)).toContain(check?.name);
    expect(check?.options).toMatchObject(attributes);
  }
});
