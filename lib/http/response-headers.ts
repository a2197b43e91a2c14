import 'server-only';
import type { ServerResponse } from 'node:http';
import { isHttps } from './public-origin';

/** `no-referrer` would turn the Origin of our own forms into `null`. */
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
 * The headers of every answer, set before anybody looks at the request: redirects, errors and files of
 * the framework bear them too, which a proxy or its settings would miss. Pages replace the policy by
 * one that lets their own scripts in; whatever says nothing about caching is not kept.
 */
export function guardResponse(response: ServerResponse, path: string): void {
  for (const [name, value] of Object.entries(always)) response.setHeader(name, value);
  if (isHttps()) {
    response.setHeader('Strict-Transport-Security', `max-age=${twoYears}; includeSubDomains`);
  }
  // The framework marks its immutable files itself, where nobody has said anything before.
  if (!path.startsWith('/_next/static/')) response.setHeader('Cache-Control', 'no-store');
}
