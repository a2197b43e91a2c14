import 'server-only';
import { type Answer, json } from '@/lib/http/problem';
import { canonicalAddress } from '@/lib/network/address';
import { clientSecrets } from './client-secret';
import { invalidClient, invalidRequest, shownTwice, verifyAs } from './oauth-client';
import type { FoundKey } from './verdict';
import type { Verification } from './verification';
import { type VerifyRequest, withoutVerdict } from './verify-request';

/**
 * `POST /api/v1/introspect`, RFC 7662. Of the optional context in section 2.1 it reads `ip`, the address of
 * the caller that presented the token. Without `ip`, a key bound to networks is not active.
 */
export async function answerIntrospect(
  context: Verification,
  request: VerifyRequest,
): Promise<Answer> {
  const form = new URLSearchParams(request.body);
  const services = clientSecrets(request.headers.authorization, form);
  if (services === 'twice') return shownTwice;
  const [token, ...more] = form.getAll('token').map((one) => one.trim());
  const toldIp = form.get('ip');
  const ip = toldIp === null ? null : canonicalAddress(toldIp);
  const bad = !token || more.length > 0 || (toldIp !== null && ip === null);
  const outcome = await verifyAs(context, services, {
    serviceAddress: request.address,
    secret: bad ? null : token,
    scopes: [],
    ip: bad ? null : ip,
    source: bad || ip === null ? request.address : ip,
    since: request.since,
  });
  if (outcome.kind === 'known') {
    return invalidRequest('Send a form with one field "token", and "ip" only as an IP address.');
  }
  if (outcome.kind === 'stranger') return invalidClient;
  if (outcome.kind !== 'judged') return withoutVerdict(outcome) as Answer;
  return json(outcome.code === 'VALID' && outcome.key ? describe(outcome.key) : { active: false });
}

function describe(key: FoundKey) {
  return {
    active: true,
    sub: key.user.id,
    username: key.user.username,
    scope: key.scopes.join(' '),
    ...(key.expiresAt ? { exp: seconds(key.expiresAt) } : {}),
    iat: seconds(key.issuedAt),
    jti: key.id,
    token_type: 'Bearer',
  };
}

function seconds(time: string): number {
  return Math.floor(Date.parse(time) / 1_000);
}
