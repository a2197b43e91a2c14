'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { publicAction } from '@/lib/auth/guarded-action';
import { beginAtProvider } from '@/lib/auth/oidc/begin';
import {
  type BrowserSignIn,
  signInBrowser,
  signInBrowserWithCode,
} from '@/lib/auth/sign-in-browser';
import { tooManyAttempts } from '@/lib/auth/too-many-attempts';
import { done, type FormState, failed } from '@/lib/forms/form-state';
import { safeRedirect } from '@/lib/forms/safe-redirect';
import { listPath } from '@/lib/lists/list-path';

const signInInput = z.strictObject({
  username: z.string().trim().min(1, 'Enter a username.').max(200, 'Use at most 64 characters.'),
  password: z.string().min(1, 'Enter a password.').max(1_000, 'Use at most 128 characters.'),
  next: z.string().optional(),
});

export const signInAction = publicAction(signInInput, async ({ username, password, next }) => {
  const result = await attempt(() => signInBrowser({ username, password }));
  return answer(result, { next, wrong: 'Username or password is wrong.', values: { username } });
});

const codeInput = z.strictObject({
  code: z.string().trim().min(1, 'Enter a code.').max(50, 'Enter a code.'),
  next: z.string().optional(),
});

/** The second step, where a second factor is set up. */
export const signInCodeAction = publicAction(codeInput, async ({ code, next }) => {
  const result = await attempt(() => signInBrowserWithCode(code));
  return answer(result, { next, wrong: 'This code is wrong or was used before.', values: {} });
});

const providerInput = z.strictObject({ next: z.string().optional() });

/** Sends the browser to the provider, where one is set. */
export const providerSignInAction = publicAction(providerInput, async ({ next }) => {
  const intent = { next: safeRedirect(next, '/keys'), reauthentication: false };
  const address = await beginAtProvider(intent);
  return address ? done(address) : failed('The provider does not answer. Try again shortly.');
});

type Attempt = BrowserSignIn | { outcome: 'broken' };

/** The cause may name the database; a browser without a session learns nothing of it. */
async function attempt(signIn: () => Promise<BrowserSignIn>): Promise<Attempt> {
  return signIn().catch(() => ({ outcome: 'broken' }) as const);
}

type Words = { next: string | undefined; wrong: string; values: Record<string, string> };

function answer(result: Attempt, { next, wrong, values }: Words): FormState<never> {
  switch (result.outcome) {
    case 'signed-in':
      return redirect(safeRedirect(next, '/keys'));
    case 'code-needed':
      return redirect(listPath('/login/code', { next: safeRedirect(next, '/keys') }));
    case 'over':
      return failed('This took too long. Sign in with your password again.');
    case 'wait':
      return failed(tooManyAttempts(result.seconds), values);
    case 'refused':
      return failed(wrong, values);
    case 'broken':
      return failed('Sign-in does not work right now. Try again shortly.', values);
  }
}
