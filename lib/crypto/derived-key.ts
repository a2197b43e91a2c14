import 'server-only';
import { hkdfSync } from 'node:crypto';
import { settings } from '@/lib/settings/settings';

/**
 * Derives a key for one purpose from AUTH_SECRET by HKDF-SHA-256. After AUTH_SECRET changes, whatever was
 * sealed under the old one can no longer be opened.
 */
export function derivedKey(purpose: string): Buffer {
  const info = `keydesk 1 ${purpose}`;
  return Buffer.from(hkdfSync('sha256', settings().AUTH_SECRET, '', info, 32));
}
