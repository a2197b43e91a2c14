import 'server-only';
import type { ServerResponse } from 'node:http';
import { isHttps } from './public-origin';

/** `no-referrer` would turn the Origin of our own forms into `null`, so the policy is `same-origin`. */
const always: Record<string, string> = {
  'Content-Security-Policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

const twoYears = 63_072_000;

/**
 * Sets the headers of every answer before any handler runs. They also reach redirects, errors and files of
 * the framework, which a proxy or its settings would miss. Pages replace the policy by one that allows their
 * own scripts. Answers without caching headers of their own are not stored.
 */
export function guardResponse(response: ServerResponse, path: string): void {
  for (const [name, value] of Object.entries(always)) response.setHeader(name, value);
  if (isHttps()) {
    response.setHeader('Strict-Transport-Security', `max-age=${twoYears}; includeSubDomains`);
  }
  // The framework marks its immutable files itself, if no caching header is set before.
  if (!path.startsWith('/_next/static/')) response.setHeader('Cache-Control', cachingOf(path));
}

/**
 * The framework does not compress what may not be transformed. Answers of the API are the same for all, because
 * a strong `ETag` names their very bytes (RFC 9110, 8.8.3). The framework keeps this header instead of a handler's.
 */
const cachingOf = (path: string) =>
  path.startsWith('/api/v1/') ? 'no-store, no-transform' : 'no-store';
