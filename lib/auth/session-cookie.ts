import 'server-only';
import { cookies } from 'next/headers';
import { getToken } from 'next-auth/jwt';
import { settings } from '@/lib/settings/settings';
import { cookieName } from './own-cookie';

export const sessionCookie = () => cookieName('session');

/**
 * The session id in the cookie of the request, or the one that this response has just set. It proves nothing
 * until its row is read.
 */
export async function findSessionId(): Promise<string | null> {
  const cookie = (await cookies())
    .getAll()
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ');
  const token = await getToken({
    req: { headers: new Headers({ cookie }) },
    secret: settings().AUTH_SECRET,
    cookieName: sessionCookie(),
    salt: sessionCookie(),
  });
  return typeof token?.sessionId === 'string' ? token.sessionId : null;
}
