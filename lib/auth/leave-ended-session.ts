import 'server-only';
import { redirect } from 'next/navigation';
import { listPath } from '@/lib/lists/list-path';
import { forgetBrowser } from './next-auth';
import { askedPath } from './request-origin';
import type { SignInMessage } from './sign-in-messages';

/**
 * Redirects after too many wrong answers have ended the session. The sign-in page says why and leads back.
 */
export async function leaveEndedSession(next?: string): Promise<never> {
  await forgetBrowser();
  const said: SignInMessage = 'ended';
  return redirect(listPath('/login', { said, next: next ?? (await askedPath()) }));
}
