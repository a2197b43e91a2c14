import 'server-only';
import type { IncomingHttpHeaders } from 'node:http';
import { type Answer, problem } from '@/lib/http/problem';
import { describeError } from '@/lib/log/described-error';
import { log } from '@/lib/log/log';
import type { RequestName } from '@/lib/log/request-id';
import { AbortedRequestError } from './body';
import { UnavailableError } from './connection';
import type { Outcome } from './verify';

/** A request in the form that the verify listener and the route handlers pass to the endpoints. */
export type VerifyRequest = {
  headers: IncomingHttpHeaders;
  /** The part after the `?`. */
  query: string;
  body: string;
  /** Where the request came from, as trusted proxies report it. */
  address: string;
  /** The other end of the connection. For a gateway, {@link address} is the client behind it. */
  peer: string;
  /** `performance.now()` at the start of the request. */
  since: number;
};

/** The token of `Authorization: Bearer …`, or undefined for anything else. Never throws. */
export function bearerToken(authorization: string | undefined): string | undefined {
  return authorization === undefined ? undefined : /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
}

const challenge = { 'WWW-Authenticate': 'Bearer realm="Keydesk"' };

export function unauthorized(): Answer {
  return problem(401, 'Send a service key with the scope keydesk:verify.', challenge);
}

export function tooManyFailedLookups(retryAfter: number): Answer {
  return problem(429, 'Too many unknown keys from this address. Try again later.', {
    'Retry-After': String(retryAfter),
  });
}

export function unavailable(): Answer {
  return problem(503, 'The database cannot be asked now.', { 'Retry-After': '1' });
}

/** The answer of every endpoint but the gate if there is no verdict; null if there is one. */
export function withoutVerdict(outcome: Outcome): Answer | null {
  if (outcome.kind === 'stranger') return unauthorized();
  if (outcome.kind === 'guessing') return tooManyFailedLookups(outcome.retryAfter);
  return null;
}

/**
 * Fails closed: after any error the key counts as unknown. Only unexpected errors are logged. The listener tells
 * the name of the request, because it keeps no context for each request.
 */
export function answerToFailure(error: unknown, name?: RequestName): Answer {
  if (error instanceof AbortedRequestError) return problem(400, 'The request was not complete.');
  if (!(error instanceof UnavailableError)) {
    log.error('verification failed', { ...name, ...describeError(error) });
  }
  return unavailable();
}
