// @ts-check
import { KeydeskError } from './verifier.js';

/** @import { GoodKey, Judged, KeyHeaders, Refusal, Verdict } from './index.d.ts' */

/** @type {typeof import('./index.d.ts').judge} */
export async function judge(verifier, headers, question = {}) {
  const key = presentedKey(headers);
  if (key === undefined) return refused(unauthorized());
  try {
    const verdict = await verifier.verify(key, question);
    if (verdict.valid) return { key: /** @type {GoodKey} */ (verdict), refusal: null };
    return refused(refusalOf(verdict, question.scopes ?? []));
  } catch (error) {
    // Whatever went wrong, nobody gets in.
    return refused(withoutVerdict(error));
  }
}

/**
 * The key of `Authorization: Bearer` or `X-API-Key`, as Keydesk's gate takes it; undefined without one, and
 * where the two differ.
 *
 * @param {KeyHeaders} headers
 */
function presentedKey({ authorization, apiKey }) {
  const bearer = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
  const plain = apiKey?.trim() || undefined;
  if (bearer === undefined || plain === undefined) return bearer ?? plain;
  return bearer === plain ? bearer : undefined;
}

/**
 * @param {Verdict} verdict
 * @param {readonly string[]} scopes
 * @returns {Refusal}
 */
function refusalOf({ code, rateLimit }, scopes) {
  switch (code) {
    case 'INSUFFICIENT_SCOPE': {
      const wanted = scopes.filter((scope) => /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope)).join(' ');
      const challenge = `Bearer realm="API", error="insufficient_scope", scope="${wanted}"`;
      return answer(403, 'The API key lacks a scope.', { 'WWW-Authenticate': challenge });
    }
    case 'IP_DENIED':
      return answer(403, 'The API key may not be used from this address.');
    case 'RATE_LIMITED':
      return tooMany('The API key is used too often.', secondsUntil(rateLimit?.resetAt));
    default:
      return unauthorized();
  }
}

/** One answer for every bad key, so that callers do not learn which keys exist. */
const unauthorized = () =>
  answer(401, 'No valid API key.', { 'WWW-Authenticate': 'Bearer realm="API"' });

/**
 * @param {unknown} error
 * @returns {Refusal}
 */
function withoutVerdict(error) {
  if (error instanceof KeydeskError && error.status === 429) {
    return tooMany('Too many unknown API keys from this address.', error.retryAfter ?? 1);
  }
  return answer(503, 'API keys cannot be checked now.', { 'Retry-After': '1' });
}

/**
 * @param {string} detail
 * @param {number} seconds
 */
const tooMany = (detail, seconds) => answer(429, detail, { 'Retry-After': String(seconds) });

/** @param {string | undefined} moment */
function secondsUntil(moment) {
  const seconds = Math.ceil((Date.parse(moment ?? '') - Date.now()) / 1000);
  return Number.isNaN(seconds) ? 1 : Math.max(1, seconds);
}

/**
 * A problem document (RFC 9457).
 *
 * @param {number} status
 * @param {string} detail
 * @param {Record<string, string>} [more]
 * @returns {Refusal}
 */
function answer(status, detail, more = {}) {
  return {
    status,
    headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store', ...more },
    body: JSON.stringify({ type: 'about:blank', status, detail }),
  };
}

/**
 * @param {Refusal} refusal
 * @returns {Judged}
 */
const refused = (refusal) => ({ key: null, refusal });
