/**
 * Replaces the edges of the framework for tests that run outside it: the request's headers and cookies, and
 * the session id that NextAuth would read from its cookie. All our own code stays real.
 */
import type { request } from './request';

jest.mock('next/headers', () => ({
  headers: async () => jest.requireActual<{ request: typeof request }>('./request').request.headers,
  cookies: async () => {
    const jar = jest.requireActual<{ request: typeof request }>('./request').request.cookies;
    return {
      get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined),
      getAll: () => [...jar].map(([name, value]) => ({ name, value })),
      set: (name: string, value: string) => jar.set(name, value),
    };
  },
}));
jest.mock('next/cache', () => ({ revalidatePath: jest.fn(), revalidateTag: jest.fn() }));
jest.mock('next-auth', () => ({
  __esModule: true,
  default: () => ({
    handlers: {},
    // The real one puts the session id into the cookie of the answer, and the next request sends it.
    signIn: async (_provider: string, { sessionId }: { sessionId: string }) => {
      jest.requireActual<{ request: typeof request }>('./request').request.sessionId = sessionId;
    },
    signOut: jest.fn(),
  }),
  CredentialsSignin: class CredentialsSignin extends Error {},
}));
jest.mock('next-auth/providers/credentials', () => ({ __esModule: true, default: jest.fn() }));
jest.mock('next-auth/jwt', () => ({
  getToken: async () => {
    const { sessionId } = jest.requireActual<{ request: typeof request }>('./request').request;
    return sessionId ? { sessionId } : null;
  },
}));
