import { withoutWholeKeys } from './whole-key';

/**
 * The path to return to, or the fallback. Accepts only paths of this site, because browsers resolve `//host`,
 * `/\host` and control characters to other sites.
 */
export function safeRedirect(text: unknown, fallback: string): string {
  if (typeof text !== 'string' || text.length > 2_000 || !/^\/(?![/\\])/.test(text))
    return fallback;
  const base = 'http://same-site';
  if (!URL.canParse(text, base)) return fallback;
  const url = new URL(text, base);
  if (url.origin !== base || url.pathname.startsWith('//')) return fallback;
  return withoutWholeKeys(url.pathname + url.search);
}
