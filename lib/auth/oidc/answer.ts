import 'server-only';
import { Auth } from '@auth/core';
import { settings } from '@/lib/settings/settings';
import { configuration } from '../next-auth';

/**
 * Answers the browser that comes back from the provider. What NextAuth would hand on is a request of the
 * framework, and those call every loopback address "localhost": another address than the one the
 * provider was told of.
 */
export function answerFromProvider(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const address = new URL(pathname + search, settings().AUTH_URL);
  return Auth(new Request(address, { headers: request.headers }), configuration());
}
