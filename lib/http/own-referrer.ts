import 'server-only';
import { publicOrigins } from './public-origin';

/** The page of ours at this path, with its query, from which a request comes; null where it does not. */
export function ownReferrer(referrer: string | null, path: string): string | null {
  const page = referrer && URL.canParse(referrer) ? new URL(referrer) : null;
  const isOurs = page?.pathname === path && publicOrigins().includes(page.origin);
  return isOurs ? page.pathname + page.search : null;
}
