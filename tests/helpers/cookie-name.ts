import { createHash } from 'node:crypto';

/** The name of a cookie of the installation with this `AUTH_URL`. */
export function cookieNameAt(authUrl: string, cookie: string): string {
  const mark = createHash('sha256').update(authUrl).digest('hex').slice(0, 8);
  return `${authUrl.startsWith('https:') ? '__Host-' : ''}keydesk.${cookie}.${mark}`;
}
