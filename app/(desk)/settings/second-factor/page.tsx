import type { Metadata } from 'next';
import { FormMessage } from '@/components/form-message';
import { Notice } from '@/components/notice';
import { FormScope } from '@/components/posting/form-scope';
import { UntilDone } from '@/components/posting/when-done';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { findSetUp } from '@/lib/auth/second-factor/set-up';
import { findSignInWays } from '@/lib/auth/sign-in-ways';
import { findSecondFactor } from '@/lib/sessions/second-factor-of';
import { settings } from '@/lib/settings/settings';
import { SettingsPage } from '../settings-page';
import {
  beginSetUpAction,
  confirmSetUpAction,
  makeRecoveryCodesAction,
  removeSecondFactorAction,
} from './actions';
import { FactorInForce } from './factor-in-force';
import { RemoveForm } from './remove-form';
import { secondFactorLabels } from './second-factor-labels';
import { SetUpForms } from './set-up-forms';

export const metadata: Metadata = { title: secondFactorLabels.title };

export default async function SecondFactorPage() {
  const administrator = await requireAdministrator('viewer', ['second-factor']);
  const [factor, ways] = await Promise.all([
    findSecondFactor(administrator.id),
    findSignInWays(administrator.id),
  ]);
  // Looking is free, but not at a secret: after five minutes a set-up has to be begun again.
  const secret = administrator.reauthenticated ? await findSetUp(administrator) : null;
  const mayRemove = !settings().REQUIRE_SECOND_FACTOR;
  return (
    <SettingsPage administrator={administrator} at="security" title={secondFactorLabels.title}>
      <div className="grid max-w-xl gap-4">
        {administrator.owes === 'second-factor' ? (
          <Notice look="warn">{secondFactorLabels.owed}</Notice>
        ) : null}
        {/* At the same place in each state of the page, so that what a form was told outlasts the change. */}
        <FormScope action={confirmSetUpAction}>
          {factor ? (
            <FactorInForce action={makeRecoveryCodesAction} codesLeft={factor.recoveryCodes} />
          ) : (
            <SetUpForms
              beginAction={beginSetUpAction}
              secret={secret}
              username={administrator.username}
            />
          )}
          <UntilDone>
            <FormScope action={removeSecondFactorAction}>
              {factor && mayRemove ? <RemoveForm hasPassword={ways.password} /> : null}
              {factor ? null : <FormMessage />}
            </FormScope>
          </UntilDone>
        </FormScope>
      </div>
    </SettingsPage>
  );
}
