import 'server-only';
import { randomBytes } from 'node:crypto';
import { knownDays } from './known-source';
import { readCookie, setCookie } from './own-cookie';

/**
 * The id of a browser that has signed in before, or a new one. It grants no access. For a known browser,
 * failed sign-ins from elsewhere do not count.
 */
export async function browserId(): Promise<string> {
  const kept = await readCookie('browser');
  return kept && /^[\w-]{22}$/.test(kept) ? kept : randomBytes(16).toString('base64url');
}

/** Keeps the id in the browser, even after it is signed out. */
export async function keepBrowserId(id: string): Promise<void> {
  await setCookie('browser', id, knownDays * 86_400);
}
