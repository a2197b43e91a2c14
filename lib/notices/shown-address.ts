import 'server-only';
import type { Administrator } from '@/lib/access/administrator';

/**
 * The address of a webhook as far as this administrator may see it. Its path is often a password, so
 * without a recent re-authentication only the server is shown.
 */
export function shownAddress({ reauthenticated }: Administrator, url: string): string {
  if (reauthenticated) return url;
  const { origin, pathname, search } = new URL(url);
  return pathname === '/' && search === '' ? url : `${origin}/…`;
}
