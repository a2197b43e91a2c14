import 'server-only';
import { headers } from 'next/headers';
import NextAuth, { CredentialsSignin, type User } from 'next-auth';
import { getToken } from 'next-auth/jwt';
import Credentials from 'next-auth/providers/credentials';
import { z } from 'zod';
import { describeError } from '../described-error';
import { settings } from '../env';
import { log } from '../log';
import { isHttps } from '../public-origin';
import { absoluteHours } from './session';
import { signInWithPassword } from './sign-in';
import { findVisit } from './visit';

/** `__Host-` pins the cookie to this host and to https; browsers refuse it over plain http. */
const sessionCookie = () => (isHttps() ? '__Host-keydesk.session' : 'keydesk.session');

class SignInRefused extends CredentialsSignin {
  constructor(code: string) {
    super();
    this.code = code;
  }
}

const credentials = z.object({ username: z.string().max(200), password: z.string().max(1_000) });

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
    Credentials({
      credentials: { username: {}, password: {} },
      async authorize(input): Promise<User> {
        const parsed = credentials.safeParse(input);
        if (!parsed.success) throw new SignInRefused('refused');
        const result = await signInWithPassword(parsed.data, await findVisit());
        if (result.outcome === 'wait') throw new SignInRefused(`wait ${result.seconds}`);
        if (result.outcome === 'refused') throw new SignInRefused('refused');
        return { id: result.sessionId };
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

export type BrowserSignIn =
  | { outcome: 'signed-in' }
  | { outcome: 'refused' }
  | { outcome: 'wait'; seconds: number };

/**
 * Checks the credentials and, where they are right, sets the session cookie of this response.
 *
 * @throws whatever went wrong inside (no database, too busy): never shown to the browser
 */
export async function signInBrowser(username: string, password: string): Promise<BrowserSignIn> {
  const { address } = await findVisit();
  try {
    const result = await signInByCookie(username, password);
    log.info('sign-in', { outcome: result.outcome, address });
    return result;
  } catch (error) {
    log.error('sign-in', { outcome: 'failed', address, ...describeError(error) });
    throw error;
  }
}

async function signInByCookie(username: string, password: string): Promise<BrowserSignIn> {
  try {
    await nextAuth.signIn('credentials', { username, password, redirect: false });
    return { outcome: 'signed-in' };
  } catch (error) {
    if (!(error instanceof CredentialsSignin)) throw error;
    const seconds = /^wait (\d+)$/.exec(error.code)?.[1];
    return seconds ? { outcome: 'wait', seconds: Number(seconds) } : { outcome: 'refused' };
  }
}

/** Takes the session cookie away; ending the session itself is `endSession`. */
export async function forgetBrowser(): Promise<void> {
  await nextAuth.signOut({ redirect: false });
}

/** The session id in the request's cookie, or null. It proves nothing until its row is read. */
export async function findSessionId(): Promise<string | null> {
  const token = await getToken({
    req: { headers: await headers() },
    secret: settings().AUTH_SECRET,
    cookieName: sessionCookie(),
    salt: sessionCookie(),
  });
  return typeof token?.sessionId === 'string' ? token.sessionId : null;
}
