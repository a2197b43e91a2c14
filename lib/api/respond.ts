import 'server-only';
import type { Answer } from '@/lib/http/problem';

/** Writes an answer of the management API. The server has set `X-Request-Id` before. */
export function respond({ status, headers, body }: Answer): Response {
  return new Response(status === 204 || status === 304 ? null : body, {
    status,
    headers: {
      ...headers,
      'Cache-Control': 'no-store, no-transform',
    },
  });
}
