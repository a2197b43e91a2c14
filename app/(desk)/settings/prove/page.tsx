import type { Metadata } from 'next';
import { BackButton } from '@/components/back-button';
import { Notice } from '@/components/notice';
import { ProviderForm } from '@/components/provider-form';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { providerProblem, providerProblems } from '@/lib/auth/oidc/provider-problem';
import { findSignInWays } from '@/lib/auth/sign-in-ways';
import { safeRedirect } from '@/lib/forms/safe-redirect';
import type { RawParams } from '@/lib/lists/list-params';
import { proveAction, proveAtProviderAction } from '../actions';
import { ReauthenticateForm } from './reauthenticate-form';

export const metadata: Metadata = { title: 'Confirm it is you' };

export default async function ProvePage({ searchParams }: { searchParams: Promise<RawParams> }) {
  const administrator = await requireAdministrator('viewer', ['second-factor']);
  const ways = await findSignInWays(administrator.id);
  const params = await searchParams;
  const next = safeRedirect(params.next, '/settings');
  const isOnlyWay = ways.provider !== null && !ways.password && !ways.secondFactor;
  const problem = ways.provider ? providerProblem(params) : null;
  return (
    <div className="grid max-w-xl gap-4">
      <h1>Confirm it is you</h1>
      <p>
        What comes next matters, and you signed in a while ago. Your answer counts for five minutes.
      </p>
      {problem ? <Notice look="bad">{providerProblems[problem]}</Notice> : null}
      {ways.provider ? (
        <ProviderForm
          action={proveAtProviderAction}
          next={next}
          look={isOnlyWay ? 'primary' : 'secondary'}
        >
          Confirm with {ways.provider}
        </ProviderForm>
      ) : null}
      {isOnlyWay ? (
        <div className="grid">
          <BackButton to="/settings">Cancel</BackButton>
        </div>
      ) : (
        <ReauthenticateForm action={proveAction} ways={ways} next={next} />
      )}
    </div>
  );
}
