import 'server-only';
import { randomBytes } from 'node:crypto';
import { knownDays } from './known-source';
import { readCookie, setCookie } from './own-cookie';

/**
 * The id by which a browser is known again after a sign-in, or a new one. It opens nothing: from a
 * browser that is known, the failures of strangers do not count.
 */
export async function browserId(): Promise<string> {
  const kept = await readCookie('browser');
  return kept && /^[\w-]{22}$/.test(kept) ? kept : randomBytes(16).toString('base64url');
}

/** Lets the browser keep its id, also after it was signed out. */
export async function keepBrowserId(id: string): Promise<void> {
  await setCookie('browser', id, knownDays * 86_400);
}
