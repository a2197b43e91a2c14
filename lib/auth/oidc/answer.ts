import 'server-only';
import { Auth } from '@auth/core';
import { settings } from '@/lib/settings/settings';
import { configuration } from '../next-auth';

/**
 * Answers the browser that returns from the provider. It replaces the address of the request, because the
 * framework's requests call every loopback address "localhost". The provider was given another address.
 */
export function answerFromProvider(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const address = new URL(pathname + search, settings().AUTH_URL);
  return Auth(new Request(address, { headers: request.headers }), configuration());
}
