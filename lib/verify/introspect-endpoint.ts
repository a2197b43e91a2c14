import 'server-only';
import { isIP } from 'node:net';
import { type Answer, json, problem } from '../problem';
import { type Ask, bearerToken, withoutVerdict } from './ask';
import type { FoundKey } from './verdict';
import type { Verification } from './verification';
import { verify } from './verify';

/**
 * `POST /api/v1/introspect`, RFC 7662. Of the optional context that section 2.1 allows it reads
 * `ip`, the address of whoever presented the token; without it a key bound to networks is not active.
 */
export async function answerIntrospect(own: Verification, ask: Ask): Promise<Answer> {
  const form = new URLSearchParams(ask.body);
  const [token, ...more] = form.getAll('token');
  const ip = form.get('ip');
  const bad = !token || more.length > 0 || (ip !== null && isIP(ip) === 0);
  const outcome = await verify(own, {
    service: bearerToken(ask.headers.authorization) ?? basicPassword(ask.headers.authorization),
    serviceAddress: ask.address,
    secret: bad ? null : token,
    scopes: [],
    ip: bad ? null : ip,
    source: bad || ip === null ? ask.address : ip,
    since: ask.since,
  });
  if (outcome.kind === 'known') {
    return problem(400, 'Send a form with one field "token", and "ip" only as an IP address.');
  }
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

/**
 * The service key as the password of `Authorization: Basic`, under any name: ready-made resource
 * servers know introspection with a client id and a client secret.
 */
function basicPassword(authorization: string | undefined): string | undefined {
  const encoded = /^Basic +(\S+) *$/i.exec(authorization ?? '')?.[1];
  if (!encoded) return undefined;
  const pair = Buffer.from(encoded, 'base64').toString('utf8');
  return pair.includes(':') ? pair.slice(pair.indexOf(':') + 1) : undefined;
}
