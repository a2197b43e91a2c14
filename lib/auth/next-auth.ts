import 'server-only';
import { cookies } from 'next/headers';
import NextAuth, { CredentialsSignin, type User } from 'next-auth';
import { getToken } from 'next-auth/jwt';
import Credentials from 'next-auth/providers/credentials';
import { z } from 'zod';
import { settings } from '../env';
import { isHttps } from '../public-origin';
import { absoluteHours, findSessionOwner } from './session';

/** `__Host-` pins the cookie to this host and to https; browsers refuse it over plain http. */
const sessionCookie = () => (isHttps() ? '__Host-keydesk.session' : 'keydesk.session');

const begunSession = z.object({ sessionId: z.string().min(40).max(100) });

/**
 * NextAuth carries a random session id in its encrypted cookie, and nothing else: who is signed in,
 * and whether still, is decided by our `session` row.
 */
const nextAuth = NextAuth(() => ({
  secret: settings().AUTH_SECRET,
  trustHost: true,
  session: { strategy: 'jwt', maxAge: absoluteHours * 3_600 },
  pages: { signIn: '/login', error: '/login' },
  cookies: {
    sessionToken: {
      name: sessionCookie(),
      options: { httpOnly: true, sameSite: 'lax', path: '/', secure: isHttps() },
    },
  },
  // The library logs a stack for every wrong password; what matters of a sign-in is in the audit.
  logger: { error: () => undefined, warn: () => undefined, debug: () => undefined },
  providers: [
    // Passwords and codes are checked before; whoever knows the id of a live session is in it already.
    Credentials({
      credentials: { sessionId: {} },
      async authorize(input): Promise<User> {
        const parsed = begunSession.safeParse(input);
        const owner = parsed.success ? await findSessionOwner(parsed.data.sessionId, '') : null;
        if (!parsed.success || !owner) throw new CredentialsSignin();
        return { id: parsed.data.sessionId };
      },
    }),
  ],
  callbacks: {
    jwt: ({ token, user }) => (user ? { sessionId: user.id } : token),
    // What `/api/auth/session` tells the browser: nothing.
    session: ({ session }) => ({ expires: session.expires }),
  },
}));

export const { handlers } = nextAuth;

/** Sets the cookie of this response to a session that has just begun, or got a new id. */
export async function keepSession(sessionId: string): Promise<void> {
  await nextAuth.signIn('credentials', { sessionId, redirect: false });
}

/** Takes the session cookie away; ending the session itself is `endSession`. */
export async function forgetBrowser(): Promise<void> {
  await nextAuth.signOut({ redirect: false });
}

/**
 * The session id in the cookie of the request, or the one that this answer has just set. It proves
 * nothing until its row is read.
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
