import 'server-only';
import { describeError } from '@/lib/log/described-error';
import { log } from '@/lib/log/log';
import { providerAddress } from '../next-auth';
import { oidcConfiguration } from './configuration';
import { keepSignOnIntent, type SignOnIntent } from './sign-on-intent';

/** To confirm who they are, people must be asked there again, however open their session is. */
const askAgain = { prompt: 'login', max_age: '0' };

/**
 * Begins a way over the provider and returns the address there that the browser must go to; null where
 * no provider is set, or it cannot be asked.
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
