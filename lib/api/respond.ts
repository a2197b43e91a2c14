import 'server-only';
import type { Answer } from '@/lib/http/problem';
import { currentRequestId } from '@/lib/log/request-id';

/** Writes an answer of the management API. */
export function respond({ status, headers, body }: Answer): Response {
  const id = currentRequestId();
  return new Response(status === 204 || status === 304 ? null : body, {
    status,
    headers: {
      ...headers,
      'Cache-Control': 'no-store, no-transform',
      ...(id && { 'X-Request-Id': id }),
    },
  });
}
