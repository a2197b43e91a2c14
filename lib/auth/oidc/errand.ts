import 'server-only';
import { z } from 'zod';
import { sameSitePath } from '@/lib/forms/safe-redirect';
import { forgetCookie, readCookie, setCookie } from '../own-cookie';

const errandShape = z.object({
  next: z.string().transform((path) => sameSitePath(path, '/keys')),
  /** To confirm who uses a session, and not to begin one. */
  proving: z.boolean(),
});

/** What a browser was sent to the provider for. */
export type Errand = z.output<typeof errandShape>;

export async function keepErrand(errand: Errand): Promise<void> {
  await setCookie('errand', JSON.stringify(errand), 900);
}

/**
 * The errand of this browser; without one it wanted to sign in. Nothing rests on it: to prove takes a
 * live session, and the provider's fresh word that its owner was asked.
 */
export async function findErrand(): Promise<Errand> {
  const parsed = errandShape.safeParse(parseJson((await readCookie('errand')) ?? ''));
  return parsed.success ? parsed.data : { next: '/keys', proving: false };
}

export async function forgetErrand(): Promise<void> {
  await forgetCookie('errand');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
