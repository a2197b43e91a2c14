import 'server-only';
import { hkdfSync } from 'node:crypto';
import { settings } from '@/lib/settings/settings';

/**
 * A key for one purpose, made of AUTH_SECRET by HKDF-SHA-256. Another AUTH_SECRET is another key: what
 * was sealed under the old one cannot be opened any more.
 */
export function derivedKey(purpose: string): Buffer {
  const info = `keydesk 1 ${purpose}`;
  return Buffer.from(hkdfSync('sha256', settings().AUTH_SECRET, '', info, 32));
}
