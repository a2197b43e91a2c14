import 'server-only';
import { createHash } from 'node:crypto';
import { cookies } from 'next/headers';
import { isHttps } from '@/lib/http/public-origin';
import { settings } from '@/lib/settings/settings';

/** Every cookie of ours, and of NextAuth's those that it may set here. */
export const ownCookies = [
  'session',
  'pending',
  'intent',
  'browser',
  'signed-out',
  'pkce',
  'state',
  'nonce',
  'csrf',
  'callback',
] as const;
export type OwnCookie = (typeof ownCookies)[number];

/**
 * Browsers send the cookies of a host to all its ports: the name ends in a mark of `AUTH_URL`, so that
 * two installations on one host leave each other's alone. `__Host-` pins a cookie to this host and to
 * https; browsers refuse it over plain http.
 */
export function cookieName(cookie: OwnCookie): string {
  const mark = createHash('sha256').update(settings().AUTH_URL).digest('hex').slice(0, 8);
  return `${isHttps() ? '__Host-' : ''}keydesk.${cookie}.${mark}`;
}

/** What every cookie of ours has. A strict one would not come along from a provider's page. */
export function cookieOptions() {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: isHttps() } as const;
}

export async function readCookie(cookie: OwnCookie): Promise<string | null> {
  return (await cookies()).get(cookieName(cookie))?.value || null;
}

export async function setCookie(cookie: OwnCookie, value: string, maxAge: number): Promise<void> {
  (await cookies()).set(cookieName(cookie), value, { ...cookieOptions(), maxAge });
}

/** With all its attributes: browsers take nothing less for the end of a `__Host-` cookie. */
export async function forgetCookie(cookie: OwnCookie): Promise<void> {
  await setCookie(cookie, '', 0);
}
