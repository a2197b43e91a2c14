import 'server-only';
import { redirect } from 'next/navigation';
import { listPath } from '@/lib/lists/list-path';
import { forgetBrowser } from './next-auth';
import { askedPath } from './request-origin';
import type { SignInMessage } from './sign-in-messages';

/** Where a session ended by too many wrong answers: to sign in, which says so, and back from there. */
export async function leaveEndedSession(next?: string): Promise<never> {
  await forgetBrowser();
  const said: SignInMessage = 'ended';
  return redirect(listPath('/login', { said, next: next ?? (await askedPath()) }));
}
