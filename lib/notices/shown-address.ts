import 'server-only';
import type { Administrator } from '@/lib/access/administrator';

/**
 * The address of a webhook as this administrator may see it. Its path is often a password: many services
 * have no other. Without a recent re-authentication only the server is named.
 */
export function shownAddress({ reauthenticated }: Administrator, url: string): string {
  if (reauthenticated) return url;
  const { origin, pathname, search } = new URL(url);
  return pathname === '/' && search === '' ? url : `${origin}/…`;
}
