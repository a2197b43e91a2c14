import 'server-only';
import { eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { Database } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { directoryUser } from '@/db/schema/directory-user';
import { isUnanswered } from '@/db/unanswered';
import type { AuditActor } from '@/lib/audit/record-event';
import type { Answer } from '@/lib/http/problem';
import { keyTarget } from '@/lib/keys/find-key';
import { keyHint } from '@/lib/keys/key-summary';
import { secretKind } from '@/lib/keys/secret/imported-secret';
import { reportLeak } from '@/lib/leaks/report-leak';
import { clientSecrets } from './client-secret';
import { UnavailableError } from './connection';
import { invalidClient, invalidRequest, shownTwice, verifyAs } from './oauth-client';
import type { Verification } from './verification';
import { tooManyFailedLookups, type VerifyRequest } from './verify-request';

const evidence = { source: 'RFC 7009 revocation', url: null };

/** No body: RFC 7009, 2.2, lets clients ignore it. */
const revoked: Answer = { status: 200, headers: {}, body: '' };

/**
 * `POST /api/v1/revoke`, RFC 7009. Whoever presents a secret ends it, whatever the policy about leaks says. The
 * answer is the same for a secret that Keydesk does not know. `token_type_hint` makes no difference.
 */
export async function answerRevoke(context: Verification, request: VerifyRequest): Promise<Answer> {
  const form = new URLSearchParams(request.body);
  const services = clientSecrets(request.headers.authorization, form);
  if (services === 'twice') return shownTwice;
  const { address, since } = request;
  const asked = { secret: null, scopes: [], ip: null, source: address, since };
  const outcome = await verifyAs(context, services, { serviceAddress: address, ...asked });
  if (outcome.kind !== 'known') return invalidClient;
  const [token, ...more] = form.getAll('token').map((one) => one.trim());
  if (!token || more.length > 0) return invalidRequest('Send a form with one field "token".');
  return revoke(context, { clientId: outcome.callerId, address, token });
}

type Revocation = { clientId: string; address: string; token: string };

/** An unknown secret counts as a guess of the client, as it does in a verification. */
async function revoke(
  context: Verification,
  { clientId, address, token }: Revocation,
): Promise<Answer> {
  const { guesses, prefix } = context;
  const wait = guesses.wait(clientId, address);
  if (wait > 0) return tooManyFailedLookups(wait);
  if (!secretKind(token, prefix)) return revoked;
  if (await end(drizzle(context.revocations), { clientId, address, token })) return revoked;
  const retryAfter = guesses.count(clientId, address);
  return retryAfter > 0 ? tooManyFailedLookups(retryAfter) : revoked;
}

/** @returns whether the token is a secret of ours */
async function end(within: Database, { clientId, address, token }: Revocation): Promise<boolean> {
  try {
    const client = await actorOf(within, clientId, address);
    const options = { policy: 'always', within } as const;
    const { known } = await reportLeak(client, [{ secret: token }], evidence, options);
    return known > 0;
  } catch (error) {
    const isDown = isUnanswered(error) || (error instanceof Error && isUnanswered(error.cause));
    throw isDown ? new UnavailableError('not revoked') : error;
  }
}

async function actorOf(within: Database, id: string, address: string): Promise<AuditActor> {
  const [key] = await within
    .select({ username: directoryUser.username, hint: keyHint })
    .from(apiKey)
    .innerJoin(directoryUser, eq(directoryUser.id, apiKey.ownerId))
    .where(eq(apiKey.id, id));
  return { id, username: key ? keyTarget({ id, ...key }).label : id, address };
}
