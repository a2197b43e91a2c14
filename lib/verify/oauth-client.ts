import 'server-only';
import { type Answer, problem } from '@/lib/http/problem';
import type { Verification } from './verification';
import { type Outcome, type Question, verify } from './verify';

/** Asks as an OAuth 2.0 client. The first spelling of its service key that Keydesk knows decides. */
export async function verifyAs(
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

/** RFC 6749, 5.2, requires `error`, and RFC 7662 and RFC 7009 refer to it. The rest is an ordinary problem. */
export const invalidRequest = (detail: string): Answer =>
  problem(400, detail, {}, { error: 'invalid_request' });

export const shownTwice = invalidRequest('Show the service key in one way only.');

export const invalidClient = problem(
  401,
  'Send a service key with the scope keydesk:verify: as Bearer, as the password of Basic, or as client_secret in the form.',
  { 'WWW-Authenticate': 'Bearer realm="Keydesk", Basic realm="Keydesk"' },
  { error: 'invalid_client' },
);
