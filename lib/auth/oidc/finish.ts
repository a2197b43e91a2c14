import 'server-only';
import { listPath } from '@/lib/lists/list-path';
import { log } from '@/lib/log/log';
import { pageMetrics } from '@/lib/metrics/page-metrics';
import { findSessionOwner } from '@/lib/sessions/session';
import { browserId, keepBrowserId } from '../browser-cookie';
import { keepPending } from '../pending-cookie';
import { findVisit } from '../request-origin';
import { findSessionId } from '../session-cookie';
import type { Reauthentication } from './complete-sign-in';
import { readProviderPerson } from './provider-person';
import type { ProviderProblem } from './provider-problem';
import { signInWithProvider } from './sign-in-with-provider';
import { findSignOnIntent, forgetSignOnIntent, type SignOnIntent } from './sign-on-intent';

type Account = { id_token?: string | undefined; access_token?: string | undefined };

/**
 * Finishes a sign-in at the provider. Returns a session for the cookie, or the page that shows what is left
 * to do.
 *
 * @throws if the provider or the database does not answer, or the token is invalid
 */
export async function finishAtProvider(
  account: Account,
): Promise<{ sessionId: string } | { path: string }> {
  const intent = await findSignOnIntent();
  const browser = await browserId();
  const visit = { ...(await findVisit()), browser };
  const person = await readProviderPerson({
    idToken: account.id_token ?? '',
    accessToken: account.access_token ?? null,
  });
  const reauthentication = intent.reauthentication
    ? await findReauthentication(visit.address)
    : null;
  const result = await signInWithProvider({ person, visit, reauthentication });
  if (!reauthentication) {
    pageMetrics().signIns.inc({ step: 'provider', outcome: result.outcome });
  }
  await forgetSignOnIntent();
  const reason = result.outcome === 'refused' ? result.because : undefined;
  log.info('single sign-on', { outcome: result.outcome, reason, address: visit.address });
  switch (result.outcome) {
    case 'signed-in':
      await keepBrowserId(browser);
      return { sessionId: result.sessionId };
    case 'code-needed':
      await keepPending(result.pendingId);
      return { path: listPath('/login/code', { next: intent.next }) };
    case 'refused':
      return { path: problemPath(result.because, intent) };
  }
}

async function findReauthentication(address: string): Promise<Reauthentication | null> {
  const sessionId = await findSessionId();
  const owner = sessionId ? await findSessionOwner(sessionId, address) : null;
  return sessionId && owner ? { sessionId, owner } : null;
}

/** A failed re-authentication keeps the session. A refused sign-in has none. */
function problemPath(problem: ProviderProblem, { next }: SignOnIntent): string {
  const stays = problem === 'other-person' || problem === 'not-fresh';
  return listPath(stays ? '/settings/prove' : '/login', { next, problem });
}
