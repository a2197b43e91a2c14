import { createHash } from 'node:crypto';

/** How a cookie is called of the installation whose `AUTH_URL` this is. */
export function cookieNameAt(authUrl: string, cookie: string): string {
  const mark = createHash('sha256').update(authUrl).digest('hex').slice(0, 8);
  return `${authUrl.startsWith('https:') ? '__Host-' : ''}keydesk.${cookie}.${mark}`;
}
