/**
 * The edges of the framework, for tests that run outside it: what a request brings, and the session
 * id that NextAuth would read from its cookie. Everything of ours stays real.
 */
import type { request } from './request';

jest.mock('next/headers', () => ({
  headers: async () => jest.requireActual<{ request: typeof request }>('./request').request.headers,
}));
jest.mock('next/cache', () => ({ revalidatePath: jest.fn(), revalidateTag: jest.fn() }));
jest.mock('next-auth', () => ({
  __esModule: true,
  default: () => ({ handlers: {}, signIn: jest.fn(), signOut: jest.fn() }),
  CredentialsSignin: class CredentialsSignin extends Error {},
}));
jest.mock('next-auth/providers/credentials', () => ({ __esModule: true, default: jest.fn() }));
jest.mock('next-auth/jwt', () => ({
  getToken: async () => {
    const { sessionId } = jest.requireActual<{ request: typeof request }>('./request').request;
    return sessionId ? { sessionId } : null;
  },
}));
