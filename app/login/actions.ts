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
import { loginMessages } from './login-labels';

const said = loginMessages;

const signInInput = z.strictObject({
  username: z.string().trim().min(1, said.noUsername).max(200, said.longUsername),
  password: z.string().min(1, said.noPassword).max(1_000, said.longPassword),
  next: z.string().optional(),
});

export const signInAction = publicAction(signInInput, async ({ username, password, next }) => {
  const result = await attempt(() => signInBrowser({ username, password }));
  return answer(result, { next, wrong: said.wrong, values: { username } });
});

const codeInput = z.strictObject({
  code: z.string().trim().min(1, said.noCode).max(50, said.noCode),
  next: z.string().optional(),
});

/** The second step, where a second factor is set up. */
export const signInCodeAction = publicAction(codeInput, async ({ code, next }) => {
  const result = await attempt(() => signInBrowserWithCode(code));
  return answer(result, { next, wrong: said.wrongCode, values: {} });
});

const providerInput = z.strictObject({ next: z.string().optional() });

/** Sends the browser to the provider, where one is set. */
export const providerSignInAction = publicAction(providerInput, async ({ next }) => {
  const intent = { next: safeRedirect(next, '/keys'), reauthentication: false };
  const address = await beginAtProvider(intent);
  return address ? done({ address }) : failed(said.providerSilent);
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
      return failed(said.over);
    case 'wait':
      return failed(tooManyAttempts(result.seconds), values);
    case 'refused':
      return failed(wrong, values);
    case 'broken':
      return failed(said.broken, values);
  }
}
