import 'server-only';
import { refusal } from '@/lib/http/gate-refusal';
import { type Answer, problem } from '@/lib/http/problem';
import type { RateState } from './rate';
import { rateHeaders, secondsLeft } from './rate-headers';
import type { FoundKey } from './verdict';
import type { Verification } from './verification';
import { type Outcome, verify } from './verify';
import { bearerToken, type VerifyRequest } from './verify-request';

/**
 * `/api/v1/gate` answers only 200, 401, 403 or 503. Gateways turn other statuses into an error, a redirect
 * or, worst, permission to pass. It accepts any method because Envoy sends the method of the original
 * request.
 */
export async function answerGate(context: Verification, request: VerifyRequest): Promise<Answer> {
  const secret = presentedSecret(request);
  const outcome = await verify(context, {
    service: text(request.headers['x-keydesk-service']),
    serviceAddress: request.peer,
    // A missing secret is judged like a malformed one.
    secret: secret ?? '',
    scopes: request.query ? new URLSearchParams(request.query).getAll('scope').flatMap(words) : [],
    ip: request.address,
    source: request.address,
    since: request.since,
  });
  return answer(outcome);
}

function answer(outcome: Outcome): Answer {
  if (outcome.kind === 'guessing') return forbidden('GUESSING', outcome.retryAfter);
  if (outcome.kind !== 'judged') return refusal;
  switch (outcome.code) {
    case 'VALID':
      return outcome.key ? pass(outcome.key, outcome.rate) : refusal;
    case 'INSUFFICIENT_SCOPE':
    case 'IP_DENIED':
      return forbidden(outcome.code);
    case 'RATE_LIMITED': {
      const wait = outcome.rate ? secondsLeft(outcome.rate) : 1;
      return forbidden(outcome.code, wait, rateHeaders(outcome.rate));
    }
    default:
      return refusal;
  }
}

function forbidden(code: string, retryAfter?: number, more: Record<string, string> = {}): Answer {
  const headers = retryAfter ? { ...more, 'Retry-After': String(retryAfter) } : more;
  return problem(403, 'This API key may not do that now.', headers, { code });
}

/** The last days of a key in which its end is announced. */
const sunsetDays = 30;

/** `Sunset` (RFC 8594) near the end of a key, so that callers find it in their own logs. */
function sunsetHeader(expiresAt: string | null): Record<string, string> {
  if (expiresAt === null) return {};
  const end = new Date(expiresAt);
  if (end.getTime() - Date.now() > sunsetDays * 86_400_000) return {};
  return { Sunset: end.toUTCString() };
}

/** Sets all three headers always, so that forged headers of these names never reach the service. */
function pass({ id, user, scopes, expiresAt }: FoundKey, rate: RateState | null): Answer {
  const headers = {
    'X-Auth-User': headerText(user.username),
    'X-Auth-Key-Id': id,
    'X-Auth-Scopes': scopes.map(headerText).join(' '),
    ...sunsetHeader(expiresAt),
    ...rateHeaders(rate),
  };
  return { status: 200, headers, body: '' };
}

/**
 * Percent-encodes `%` and whatever a header cannot carry, so that decoding returns the name. `Jürgen` becomes
 * `J%C3%BCrgen`, and plain ASCII stays as it is.
 */
export function headerText(value: string): string {
  return value.replace(/[^\x20-\x24\x26-\x7e]+/gu, (part) =>
    encodeURIComponent(part.toWellFormed()),
  );
}

/**
 * The key of `Authorization: Bearer` or `X-API-Key`; undefined if the two differ or a header is malformed.
 */
function presentedSecret({ headers }: VerifyRequest): string | undefined {
  const bearer = bearerToken(headers.authorization);
  const plain = text(headers['x-api-key']);
  if (bearer === undefined || plain === undefined) return bearer ?? plain;
  return bearer === plain ? bearer : undefined;
}

function text(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined;
}

function words(list: string): string[] {
  return list.split(/[ ,]+/).filter(Boolean);
}
