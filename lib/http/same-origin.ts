import 'server-only';
import { publicOrigins } from './public-origin';

/**
 * Whether a GET was asked for by a page of ours or by the person themselves. Browsers say so, over
 * plain HTTP by the referrer alone, which our policy keeps for our own pages.
 */
export function isOwnVisit({ headers }: Request): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin' || site === 'none';
  const referrer = headers.get('referer') ?? '';
  return URL.canParse(referrer) && publicOrigins().includes(new URL(referrer).origin);
}

/** Whether a POST came from a page of ours: browsers always send its Origin along. */
export function isOwnPost({ headers }: { headers: Pick<Headers, 'get'> }): boolean {
  const origin = headers.get('origin');
  const foreign = headers.get('sec-fetch-site') === 'cross-site';
  return origin !== null && publicOrigins().includes(origin) && !foreign;
}
