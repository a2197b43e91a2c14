import 'server-only';
import type { Service } from '@/lib/access/service';
import { foreignHint } from '@/lib/keys/secret/imported-secret';
import { hintText, isWellFormedSecret, splitSecret } from '@/lib/keys/secret/secret';
import type { RateState } from '@/lib/verify/rate';
import type { FoundKey } from '@/lib/verify/verdict';
import { verification } from '@/lib/verify/verification';
import { findCaller } from '@/lib/verify/verify';
import { bearerToken } from '@/lib/verify/verify-request';

/**
 * Calls of a service key without a rate limit of its own, so that one script that runs wild leaves room for
 * everybody else. Three times the rate of creating keys that the API is built for.
 */
const defaultLimit = { calls: 18_000, seconds: 60 };

export type Caller = { service: Service; rate: RateState };

/**
 * The service that makes the request, and what is left of its rate limit; null without a service key that
 * works. Counts are exact over all instances.
 *
 * @throws UnavailableError if the database does not answer within a second
 */
export async function findService(headers: Headers, address: string): Promise<Caller | null> {
  const since = performance.now();
  const secret = bearerToken(headers.get('authorization') ?? undefined);
  if (secret === undefined) return null;
  const context = verification();
  const key = await findCaller(context, { secret, address, since });
  if (!key) return null;
  const limit = key.rateLimit ?? defaultLimit;
  const rate = await context.rates.ask({ keyId: key.id, limit }, since);
  return { service: serviceOf(key, secret, address), rate };
}

function serviceOf({ id, user, scopes }: FoundKey, secret: string, address: string): Service {
  const hint = hintText(isWellFormedSecret(secret) ? splitSecret(secret) : foreignHint(secret));
  return {
    kind: 'service',
    id,
    ownerId: user.id,
    username: `${user.username} ${hint}`,
    address,
    scopes,
    role: 'operator',
  };
}
