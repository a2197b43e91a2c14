import 'server-only';
import { describeError } from '@/lib/log/described-error';
import { log } from '@/lib/log/log';
import { pageMetrics } from '@/lib/metrics/page-metrics';
import { browserId, keepBrowserId } from './browser-cookie';
import { keepSession } from './next-auth';
import { findPendingId, forgetPending, keepPending } from './pending-cookie';
import { findVisit } from './request-origin';
import { type Credentials, signInWithPassword, type Visit } from './sign-in';
import { signInWithCode } from './sign-in-with-code';

export type BrowserSignIn =
  | { outcome: 'signed-in' | 'code-needed' | 'refused' | 'over' }
  | { outcome: 'wait'; seconds: number };

/**
 * Checks the credentials. If they are right, sets the session cookie of this response or, with a second
 * factor, a cookie that only leads to the form for its code.
 *
 * @throws internal errors such as no database or too busy, which are never shown to the browser
 */
export async function signInBrowser(credentials: Credentials): Promise<BrowserSignIn> {
  const browser = await browserId();
  const result = await logged('password', (visit) =>
    signInWithPassword(credentials, { ...visit, browser }),
  );
  if (result.outcome === 'signed-in') await keepSignedIn(result.sessionId, browser);
  if (result.outcome === 'code-needed') await keepPending(result.pendingId);
  return result.outcome === 'wait' ? result : { outcome: result.outcome };
}

/** The second step of the sign-in that this browser began. Throws as the first. */
export async function signInBrowserWithCode(code: string): Promise<BrowserSignIn> {
  const pendingId = await findPendingId();
  if (!pendingId) return { outcome: 'over' };
  const browser = await browserId();
  const result = await logged('code', (visit) =>
    signInWithCode({ pendingId, code }, { ...visit, browser }),
  );
  if (result.outcome === 'signed-in') {
    await forgetPending();
    await keepSignedIn(result.sessionId, browser);
  }
  return result.outcome === 'wait' ? result : { outcome: result.outcome };
}

async function keepSignedIn(sessionId: string, browser: string) {
  await keepBrowserId(browser);
  await keepSession(sessionId);
}

/** Logs the outcome and the address, never what was typed. */
async function logged<Result extends { outcome: string }>(
  step: 'password' | 'code',
  signIn: (visit: Visit) => Promise<Result>,
): Promise<Result> {
  const visit = await findVisit();
  const { address } = visit;
  try {
    const result = await signIn(visit);
    pageMetrics().signIns.inc({ step, outcome: result.outcome });
    log.info('sign-in', { outcome: result.outcome, address });
    return result;
  } catch (error) {
    pageMetrics().signIns.inc({ step, outcome: 'error' });
    log.error('sign-in', { outcome: 'failed', address, ...describeError(error) });
    throw error;
  }
}
