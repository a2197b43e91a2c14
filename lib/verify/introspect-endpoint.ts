import 'server-only';
import { type Answer, json, problem } from '@/lib/http/problem';
import { canonicalAddress } from '@/lib/network/address';
import { clientSecrets } from './client-secret';
import type { FoundKey } from './verdict';
import type { Verification } from './verification';
import { type Outcome, type Question, verify } from './verify';
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
  if (services === 'twice') return invalidRequest('Show the service key in one way only.');
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

/** The first spelling of the service key that Keydesk knows decides. Most clients send only one. */
async function verifyAs(
  context: Verification,
  services: readonly string[],
  question: Omit<Question, 'service'>,
): Promise<Outcome> {
  for (const service of services) {
    const outcome = await verify(context, { ...question, service });
    if (outcome.kind !== 'stranger') return outcome;
  }
  return { kind: 'stranger' };
}

/** RFC 6749, 5.2, and RFC 7662, 2.3, require `error`. The rest is an ordinary problem document. */
const invalidRequest = (detail: string) => problem(400, detail, {}, { error: 'invalid_request' });

const invalidClient = problem(
  401,
  'Send a service key with the scope keydesk:verify: as Bearer, as the password of Basic, or as client_secret in the form.',
  { 'WWW-Authenticate': 'Bearer realm="Keydesk", Basic realm="Keydesk"' },
  { error: 'invalid_client' },
);

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
