import 'server-only';
import type { Answer } from '@/lib/http/problem';
import { currentRequestId } from '@/lib/log/request-id';

/**
 * Writes an answer of the management API. It is not to be compressed on the way, because a strong `ETag` names
 * these very bytes (RFC 9110, 8.8.3).
 */
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
