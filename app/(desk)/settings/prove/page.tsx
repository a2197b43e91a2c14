import type { Metadata } from 'next';
import { BackButton } from '@/components/back-button';
import { Notice } from '@/components/notice';
import { PageHead } from '@/components/page-head';
import { ProviderForm } from '@/components/provider-form';
import { isUnsent, withoutUnsent } from '@/lib/access/reauthentication';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { providerProblem, providerProblems } from '@/lib/auth/oidc/provider-problem';
import { findSignInWays, type SignInWays } from '@/lib/auth/sign-in-ways';
import { safeRedirect } from '@/lib/forms/safe-redirect';
import type { RawParams } from '@/lib/lists/list-params';
import { proveAction, proveAtProviderAction } from '../actions';
import { settingsLabels } from '../settings-labels';
import { proveLabels } from './prove-labels';
import { ReauthenticateForm } from './reauthenticate-form';

export const metadata: Metadata = { title: proveLabels.title };

export default async function ProvePage({ searchParams }: { searchParams: Promise<RawParams> }) {
  const administrator = await requireAdministrator('viewer', ['second-factor']);
  const ways = await findSignInWays(administrator.id);
  const params = await searchParams;
  const next = safeRedirect(params.next, '/settings');
  const problem = ways.provider ? providerProblem(params) : null;
  const isOnlyWay = ways.provider !== null && !ways.password && !ways.secondFactor;
  const look = isOnlyWay ? 'primary' : 'secondary';
  const back = withoutUnsent(next);
  return (
    <div className="grid max-w-xl gap-4">
      <PageHead title={proveLabels.title} />
      {isUnsent(next) ? <Notice look="warn">{proveLabels.unsent}</Notice> : null}
      <p>{whyOf(ways)}</p>
      {problem ? <Notice look="bad">{providerProblems[problem]}</Notice> : null}
      {ways.provider ? (
        <ProviderForm action={proveAtProviderAction} next={next} look={look}>
          {proveLabels.with(ways.provider)}
        </ProviderForm>
      ) : null}
      {isOnlyWay ? (
        <div className="grid">
          <BackButton to={back}>{settingsLabels.cancel}</BackButton>
        </div>
      ) : (
        <ReauthenticateForm action={proveAction} ways={ways} next={next} back={back} />
      )}
    </div>
  );
}

function whyOf({ password, secondFactor }: SignInWays): string {
  if (password) return proveLabels.why;
  return secondFactor ? proveLabels.whyCode : proveLabels.whyProvider;
}
