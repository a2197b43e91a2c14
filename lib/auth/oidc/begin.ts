import 'server-only';
import { describeError } from '@/lib/log/described-error';
import { log } from '@/lib/log/log';
import { providerAddress } from '../next-auth';
import { oidcConfiguration } from './configuration';
import { keepSignOnIntent, type SignOnIntent } from './sign-on-intent';

/** Makes the provider ask the user again for a re-authentication, even if their session there is open. */
const askAgain = { prompt: 'login', max_age: '0' };

/**
 * Begins a sign-in at the provider and returns its address for the browser. Returns null if no provider is
 * set or it does not answer.
 */
export async function beginAtProvider(intent: SignOnIntent): Promise<string | null> {
  if (!oidcConfiguration()) return null;
  await keepSignOnIntent(intent);
  try {
    return await providerAddress(intent.next, intent.reauthentication ? askAgain : {});
  } catch (error) {
    log.warn('single sign-on', { outcome: 'failed', ...describeError(error) });
    return null;
  }
}
