import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Notice } from '@/components/notice';
import { ProviderForm } from '@/components/provider-form';
import { findAskedAddress } from '@/lib/auth/asked-address';
import { findSignedIn } from '@/lib/auth/current-administrator';
import { findKeyOwner } from '@/lib/auth/current-key-owner';
import { oidcConfiguration } from '@/lib/auth/oidc/configuration';
import { providerProblem, providerProblems } from '@/lib/auth/oidc/provider-problem';
import { findSignOnIntent } from '@/lib/auth/oidc/sign-on-intent';
import { ownerPath } from '@/lib/auth/owner-path';
import { signInMessage } from '@/lib/auth/sign-in-messages';
import { safeRedirect } from '@/lib/forms/safe-redirect';
import type { RawParams } from '@/lib/lists/list-params';
import { listPath } from '@/lib/lists/list-path';
import { providerSignInAction, signInAction } from './actions';
import { AddressNotice } from './address-notice';
import { loginLabels } from './login-labels';
import { LoginMain } from './login-main';
import { SignInForm } from './sign-in-form';

export const metadata: Metadata = { title: loginLabels.title };

export default async function LoginPage({ searchParams }: { searchParams: Promise<RawParams> }) {
  const params = await searchParams;
  const asked = await findAskedAddress();
  const message = signInMessage(params.said);
  const oidc = oidcConfiguration();
  const problem = oidc && providerProblem(params);
  const next = safeRedirect(params.next ?? (problem && (await findSignOnIntent()).next), '/keys');
  if (await findSignedIn()) {
    redirect(problem ? listPath('/settings/prove', { next, problem }) : next);
  }
  // Who has no role has few pages, whichever was asked for.
  if (!problem && (await findKeyOwner())) redirect(ownerPath(next));
  return (
    <LoginMain>
      <AddressNotice {...asked} />
      {problem ? <Notice look="bad">{providerProblems[problem]}</Notice> : null}
      {message ? <Notice look="bad">{message}</Notice> : null}
      <SignInForm action={signInAction} next={next} />
      {oidc ? (
        <ProviderForm action={providerSignInAction} next={next}>
          {loginLabels.signInWith(oidc.label)}
        </ProviderForm>
      ) : null}
    </LoginMain>
  );
}
