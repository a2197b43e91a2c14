import 'server-only';
import { createHash } from 'node:crypto';
import { cookies } from 'next/headers';
import { isHttps } from '@/lib/http/public-origin';
import { settings } from '@/lib/settings/settings';

/** All our cookies, including those that NextAuth sets. */
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
 * Browsers send the cookies of a host to all its ports. The name therefore ends in a mark of `AUTH_URL`, so
 * that two installations on one host do not interfere. `__Host-` binds a cookie to this host and to https.
 * Browsers refuse it over plain http.
 */
export function cookieName(cookie: OwnCookie): string {
  const mark = createHash('sha256').update(settings().AUTH_URL).digest('hex').slice(0, 8);
  return `${isHttps() ? '__Host-' : ''}keydesk.${cookie}.${mark}`;
}

/** The options of all our cookies. A strict one would not be sent after a redirect from a provider. */
export function cookieOptions() {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: isHttps() } as const;
}

export async function readCookie(cookie: OwnCookie): Promise<string | null> {
  return (await cookies()).get(cookieName(cookie))?.value || null;
}

export async function setCookie(cookie: OwnCookie, value: string, maxAge: number): Promise<void> {
  (await cookies()).set(cookieName(cookie), value, { ...cookieOptions(), maxAge });
}

/** With all attributes, because browsers require them to delete a `__Host-` cookie. */
export async function forgetCookie(cookie: OwnCookie): Promise<void> {
  await setCookie(cookie, '', 0);
}
