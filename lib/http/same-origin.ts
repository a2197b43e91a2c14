import 'server-only';
import { publicOrigins } from './public-origin';

/**
 * Whether a page of ours or the person themselves requested this GET. Browsers say so in `Sec-Fetch-Site`.
 * Over plain HTTP only the referrer says it, and our policy sends that only to our own pages.
 */
export function isOwnVisit({ headers }: Request): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin' || site === 'none';
  const referrer = headers.get('referer') ?? '';
  return URL.canParse(referrer) && publicOrigins().includes(new URL(referrer).origin);
}

/** Whether a POST came from a page of ours. Browsers always send the Origin of a POST. */
export function isOwnPost({ headers }: { headers: Pick<Headers, 'get'> }): boolean {
  const origin = headers.get('origin');
  const foreign = headers.get('sec-fetch-site') === 'cross-site';
  return origin !== null && publicOrigins().includes(origin) && !foreign;
}
