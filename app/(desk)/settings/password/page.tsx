import type { Metadata } from 'next';
import { Notice } from '@/components/notice';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { findSignInWays } from '@/lib/auth/sign-in-ways';
import { shortestBesideSecondFactor, shortestPassword } from '@/lib/passwords/password-length';
import { changePasswordAction } from '../actions';
import { SettingsPage } from '../settings-page';
import { PasswordForm } from './password-form';
import { passwordLabels } from './password-labels';

export const metadata: Metadata = { title: passwordLabels.title };

export default async function PasswordPage() {
  const administrator = await requireAdministrator('viewer', ['new-password']);
  const ways = await findSignInWays(administrator.id);
  return (
    <SettingsPage administrator={administrator} at="security" title={passwordLabels.title}>
      <div className="grid max-w-xl gap-4">
        {administrator.owes === 'new-password' ? (
          <Notice look="warn">{passwordLabels.handedOut}</Notice>
        ) : null}
        {ways.password ? (
          <PasswordForm
            action={changePasswordAction}
            username={administrator.username}
            shortest={ways.secondFactor ? shortestBesideSecondFactor : shortestPassword}
            mayLeave={!administrator.owes}
          />
        ) : (
          <p>{passwordLabels.none(ways.provider ?? passwordLabels.aProvider)}</p>
        )}
      </div>
    </SettingsPage>
  );
}
