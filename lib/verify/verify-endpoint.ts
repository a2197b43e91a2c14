import 'server-only';
import { type Answer, json, problem } from '@/lib/http/problem';
import { canonicalAddress } from '@/lib/network/address';
import type { RateState } from './rate';
import type { Code, FoundKey } from './verdict';
import type { Verification } from './verification';
import { verify } from './verify';
import { bearerToken, type VerifyRequest, withoutVerdict } from './verify-request';

type Input = { key: string; scopes: string[]; ip: string | null };

/** `POST /api/v1/verify` always answers 200 with a verdict, once the caller has presented a service key. */
export async function answerVerify(context: Verification, request: VerifyRequest): Promise<Answer> {
  const input = parseInput(request.body);
  const bad = typeof input === 'string';
  const outcome = await verify(context, {
    service: bearerToken(request.headers.authorization),
    serviceAddress: request.address,
    secret: bad ? null : input.key,
    scopes: bad ? [] : input.scopes,
    ip: bad ? null : input.ip,
    source: bad || input.ip === null ? request.address : input.ip,
    since: request.since,
  });
  // A caller without a service key learns nothing, not even that its request is malformed.
  if (outcome.kind === 'known') return problem(400, bad ? input : '');
  if (outcome.kind !== 'judged') return withoutVerdict(outcome) as Answer;
  return json(describe(outcome.code, outcome.key, outcome.rate));
}

/** Written by hand, because a schema library costs as much here as the rest of the answer. */
function parseInput(body: string): Input | string {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return 'The body must be JSON.';
  }
  if (typeof value !== 'object' || value === null) return 'The body must be a JSON object.';
  const { key: presented, scopes = [], ip = null } = value as Record<string, unknown>;
  // A key that is pasted or read from a file often ends with a line break.
  const key = typeof presented === 'string' ? presented.trim() : '';
  if (key === '') return 'The body must have the text "key".';
  if (!isListOfText(scopes)) return '"scopes" must be a list of at most 50 texts.';
  const address = typeof ip === 'string' ? canonicalAddress(ip) : null;
  if (ip !== null && address === null) return '"ip" must be an IP address.';
  return { key, scopes, ip: address };
}

function isListOfText(value: unknown): value is string[] {
  return (
    Array.isArray(value) && value.length <= 50 && value.every((item) => typeof item === 'string')
  );
}

function describe(code: Code, key: FoundKey | null, rate: RateState | null) {
  const valid = code === 'VALID';
  if (!key) return { valid, code };
  return {
    valid,
    code,
    keyId: key.id,
    name: key.name,
    user: { id: key.user.id, username: key.user.username },
    scopes: key.scopes,
    expiresAt: key.expiresAt,
    ...(key.metadata === null ? {} : { metadata: JSON.parse(key.metadata) as unknown }),
    rateLimit: rate && { limit: rate.limit, remaining: rate.remaining, resetAt: rate.resetAt },
  };
}
