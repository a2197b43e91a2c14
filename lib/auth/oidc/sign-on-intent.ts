import 'server-only';
import { z } from 'zod';
import { safeRedirect } from '@/lib/forms/safe-redirect';
import { forgetCookie, readCookie, setCookie } from '../own-cookie';

const intentShape = z.object({
  next: z.string().transform((path) => safeRedirect(path, '/keys')),
  /** To confirm who uses a session, and not to begin one. */
  reauthentication: z.boolean(),
});

/** What a browser was sent to the provider for. */
export type SignOnIntent = z.output<typeof intentShape>;

export async function keepSignOnIntent(intent: SignOnIntent): Promise<void> {
  await setCookie('intent', JSON.stringify(intent), 900);
}

/**
 * The intent of this browser; without one it wanted to sign in. Nothing rests on it: to prove takes a
 * live session, and the provider's fresh word that its owner was asked.
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
