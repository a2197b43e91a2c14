import type { Metadata } from 'next';
import { Notice } from '@/components/notice';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { findSetUp } from '@/lib/auth/second-factor/set-up';
import { findSignInWays } from '@/lib/auth/sign-in-ways';
import type { RawParams } from '@/lib/lists/list-params';
import { findSecondFactor } from '@/lib/sessions/second-factor-of';
import { settings } from '@/lib/settings/settings';
import { ProofNotice } from '../proof-notice';
import { SettingsPage } from '../settings-page';
import {
  beginSetUpAction,
  confirmSetUpAction,
  makeRecoveryCodesAction,
  removeSecondFactorAction,
} from './actions';
import { FactorInForce } from './factor-in-force';
import { Removal } from './removal';
import { secondFactorLabels } from './second-factor-labels';
import { SetUp } from './set-up';

export const metadata: Metadata = { title: secondFactorLabels.title };

type Props = { searchParams: Promise<RawParams> };

export default async function SecondFactorPage({ searchParams }: Props) {
  const administrator = await requireAdministrator('viewer', ['second-factor']);
  const [factor, ways] = await Promise.all([
    findSecondFactor(administrator.id),
    findSignInWays(administrator.id),
  ]);
  // The page is free to view, but the secret needs a recent re-authentication.
  const secret = administrator.reauthenticated ? await findSetUp(administrator) : null;
  return (
    <SettingsPage administrator={administrator} at="security" title={secondFactorLabels.title}>
      <div className="grid max-w-xl gap-4">
        {administrator.owes === 'second-factor' ? (
          <Notice look="warn">{secondFactorLabels.owed}</Notice>
        ) : null}
        <ProofNotice
          administrator={administrator}
          here="/settings/second-factor"
          params={await searchParams}
        />
        <SetUp
          beginAction={beginSetUpAction}
          confirmAction={confirmSetUpAction}
          secret={secret}
          username={administrator.username}
          inForce={
            factor ? (
              <FactorInForce action={makeRecoveryCodesAction} codesLeft={factor.recoveryCodes} />
            ) : null
          }
        >
          <Removal
            action={removeSecondFactorAction}
            isOn={factor !== null}
            mayRemove={!settings().REQUIRE_SECOND_FACTOR}
            hasPassword={ways.password}
          />
        </SetUp>
      </div>
    </SettingsPage>
  );
}
