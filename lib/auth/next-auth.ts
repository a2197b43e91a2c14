import 'server-only';
import NextAuth, { CredentialsSignin, type NextAuthConfig, type User } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { z } from 'zod';
import { describeError } from '@/lib/log/described-error';
import { log } from '@/lib/log/log';
import { findSessionKeyOwner } from '@/lib/sessions/own-keys-session';
import { absoluteHours, findSessionOwner } from '@/lib/sessions/session';
import { settings } from '@/lib/settings/settings';
import { finishAtProvider } from './oidc/finish';
import { providerChecks, providerId, providers } from './oidc/next-auth-provider';
import { isProviderAddress } from './oidc/provider-fetch';
import { cookieName, cookieOptions } from './own-cookie';
import { sessionCookie } from './session-cookie';

/** The library logs a stack for every wrong password. The audit already records what matters of a sign-in. */
function logProblem(error: Error) {
  if (!(error instanceof CredentialsSignin)) log.warn('sign-in library', describeError(error));
}

const begunSession = z.object({ sessionId: z.string().min(40).max(100) });

/** Of whichever kind: our guards tell the two apart at each request. */
const findAnyOwner = async (sessionId: string) =>
  (await findSessionOwner(sessionId, '')) ?? (await findSessionKeyOwner(sessionId, ''));

/**
 * NextAuth's encrypted cookie holds only a random session id. Our `session` row decides who is signed in and
 * for how long.
 */
export const configuration = (): NextAuthConfig => ({
  basePath: '/api/auth',
  secret: settings().AUTH_SECRET,
  trustHost: true,
  session: { strategy: 'jwt', maxAge: absoluteHours * 3_600 },
  pages: { signIn: '/login', error: '/login' },
  cookies: {
    sessionToken: { name: sessionCookie(), options: cookieOptions() },
    csrfToken: { name: cookieName('csrf'), options: cookieOptions() },
    callbackUrl: { name: cookieName('callback'), options: cookieOptions() },
    ...providerChecks(),
  },
  logger: { error: logProblem, warn: () => undefined, debug: () => undefined },
  providers: [
    // Passwords and codes are checked before. The id of a live session is enough here.
    Credentials({
      credentials: { sessionId: {} },
      async authorize(input): Promise<User> {
        const parsed = begunSession.safeParse(input);
        const owner = parsed.success ? await findAnyOwner(parsed.data.sessionId) : null;
        if (!parsed.success || !owner) throw new CredentialsSignin();
        return { id: parsed.data.sessionId };
      },
    }),
    ...providers(),
  ],
  callbacks: {
    async signIn({ user, account }) {
      if (account?.provider !== providerId) return true;
      const finished = await finishAtProvider(account);
      if ('path' in finished) return finished.path;
      user.id = finished.sessionId;
      return true;
    },
    jwt: ({ token, user }) => (user ? { sessionId: user.id } : token),
  },
});

const nextAuth = NextAuth(configuration);

/**
 * The provider's address to which the browser must go, or null if the provider does not answer. Also sets
 * cookies that tie the answer to this browser.
 */
export async function providerAddress(
  next: string,
  parameters: Record<string, string>,
): Promise<string | null> {
  const address = await nextAuth.signIn(
    providerId,
    { redirect: false, redirectTo: next },
    parameters,
  );
  // The library reports an error by returning the address of our own page.
  const failed = address.startsWith(`${settings().AUTH_URL}/login`);
  return !failed && isProviderAddress(address) ? address : null;
}

/** Sets the session cookie of this response to a session that has just begun or has a new id. */
export async function keepSession(sessionId: string): Promise<void> {
  await nextAuth.signIn('credentials', { sessionId, redirect: false });
}

/** Removes the session cookie. `endSession` ends the session itself. */
export async function forgetBrowser(): Promise<void> {
  await nextAuth.signOut({ redirect: false });
}
