import 'server-only';
import { listPath } from '@/lib/lists/list-path';
import { log } from '@/lib/log/log';
import { findSessionOwner } from '@/lib/sessions/session';
import { browserId, keepBrowserId } from '../browser-cookie';
import { keepPending } from '../pending-cookie';
import { findSessionId } from '../session-cookie';
import { findVisit } from '../visit';
import { type Errand, findErrand, forgetErrand } from './errand';
import { readProviderPerson } from './provider-person';
import type { ProviderProblem } from './provider-problem';
import { type Proving, signInWithProvider } from './sign-in-with-provider';

type Account = { id_token?: string | undefined; access_token?: string | undefined };

/**
 * The end of a way over the provider: a session for the cookie of this answer, or the page that says
 * what is left to do.
 *
 * @throws where the provider or the database cannot be asked, or the token is not what it must be
 */
export async function finishAtProvider(
  account: Account,
): Promise<{ sessionId: string } | { path: string }> {
  const errand = await findErrand();
  const browser = await browserId();
  const visit = { ...(await findVisit()), browser };
  const person = await readProviderPerson({
    idToken: account.id_token ?? '',
    accessToken: account.access_token ?? null,
  });
  const proving = errand.proving ? await findProving(visit.address) : null;
  const result = await signInWithProvider({ person, visit, proving });
  await forgetErrand();
  const reason = result.outcome === 'refused' ? result.because : undefined;
  log.info('single sign-on', { outcome: result.outcome, reason, address: visit.address });
  switch (result.outcome) {
    case 'signed-in':
      await keepBrowserId(browser);
      return { sessionId: result.sessionId };
    case 'code-needed':
      await keepPending(result.pendingId);
      return { path: listPath('/login/code', { next: errand.next }) };
    case 'refused':
      return { path: problemPath(result.because, errand) };
  }
}

async function findProving(address: string): Promise<Proving | null> {
  const sessionId = await findSessionId();
  const owner = sessionId ? await findSessionOwner(sessionId, address) : null;
  return sessionId && owner ? { sessionId, owner } : null;
}

/** Whoever could not confirm who they are still has their session; whoever was shut out has none. */
function problemPath(problem: ProviderProblem, { next }: Errand): string {
  const stays = problem === 'other-person' || problem === 'not-fresh';
  return listPath(stays ? '/settings/prove' : '/login', { next, problem });
}
