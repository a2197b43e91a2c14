import type { Metadata } from 'next';
import { Notice } from '@/components/notice';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { findSignInWays } from '@/lib/auth/sign-in-ways';
import { shortestBesideSecondFactor, shortestPassword } from '@/lib/passwords/password-length';
import { changePasswordAction } from '../actions';
import { PasswordForm } from './password-form';

export const metadata: Metadata = { title: 'Change password' };

export default async function PasswordPage() {
  const administrator = await requireAdministrator('viewer', ['new-password']);
  const ways = await findSignInWays(administrator.id);
  return (
    <div className="grid max-w-xl gap-4">
      <h1>Change password</h1>
      {administrator.owes === 'new-password' ? (
        <Notice look="warn">
          Your password was handed out to you and works only here. Choose one of your own first.
        </Notice>
      ) : null}
      {ways.password ? (
        <PasswordForm
          action={changePasswordAction}
          username={administrator.username}
          shortest={ways.secondFactor ? shortestBesideSecondFactor : shortestPassword}
        />
      ) : (
        <p>You have no password here: you sign in with {ways.provider ?? 'a provider'}.</p>
      )}
    </div>
  );
}
