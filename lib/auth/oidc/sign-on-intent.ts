import 'server-only';
import { z } from 'zod';
import { safeRedirect } from '@/lib/forms/safe-redirect';
import { forgetCookie, readCookie, setCookie } from '../own-cookie';

const intentShape = z.object({
  next: z.string().transform((path) => safeRedirect(path, '/keys')),
  /** True to re-authenticate the owner of a session, false to begin one. */
  reauthentication: z.boolean(),
});

/** Why a browser was sent to the provider. */
export type SignOnIntent = z.output<typeof intentShape>;

export async function keepSignOnIntent(intent: SignOnIntent): Promise<void> {
  await setCookie('intent', JSON.stringify(intent), 900);
}

/**
 * The intent of this browser; by default to sign in. Security does not depend on it, because a
 * re-authentication needs a live session and a fresh answer of the provider.
 */
export async function findSignOnIntent(): Promise<SignOnIntent> {
  const parsed = intentShape.safeParse(parseJson((await readCookie('intent')) ?? ''));
  return parsed.success ? parsed.data : { next: '/keys', reauthentication: false };
}

export async function forgetSignOnIntent(): Promise<void> {
  await forgetCookie('intent');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
