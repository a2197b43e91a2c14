import 'server-only';
import { cookies } from 'next/headers';
import { z } from 'zod';
import { isHttps } from '../../public-origin';
import { sameSitePath } from '../../same-site-path';

const errandCookie = () => (isHttps() ? '__Host-keydesk.errand' : 'keydesk.errand');

const errandShape = z.object({
  next: z.string().transform((path) => sameSitePath(path, '/keys')),
  /** To confirm who uses a session, and not to begin one. */
  proving: z.boolean(),
});

/** What a browser was sent to the provider for. */
export type Errand = z.output<typeof errandShape>;

const options = () => ({ httpOnly: true, sameSite: 'lax', path: '/', secure: isHttps() }) as const;

export async function keepErrand(errand: Errand): Promise<void> {
  (await cookies()).set(errandCookie(), JSON.stringify(errand), { ...options(), maxAge: 900 });
}

/**
 * The errand of this browser; without one it wanted to sign in. Nothing rests on it: to prove takes a
 * live session, and the provider's fresh word that its owner was asked.
 */
export async function findErrand(): Promise<Errand> {
  const text = (await cookies()).get(errandCookie())?.value ?? '';
  const parsed = errandShape.safeParse(parseJson(text));
  return parsed.success ? parsed.data : { next: '/keys', proving: false };
}

export async function forgetErrand(): Promise<void> {
  (await cookies()).set(errandCookie(), '', { ...options(), maxAge: 0 });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
