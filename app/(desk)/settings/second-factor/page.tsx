import type { Metadata } from 'next';
import { Notice } from '@/components/notice';
import { requireReauthenticatedAdministrator } from '@/lib/auth/current-administrator';
import { findSetUp } from '@/lib/auth/second-factor/set-up';
import { encodeBase32, otpauthAddress } from '@/lib/auth/second-factor/totp';
import { findSignInWays } from '@/lib/auth/sign-in-ways';
import { findSecondFactor } from '@/lib/sessions/second-factor-of';
import { settings } from '@/lib/settings/settings';
import {
  beginSetUpAction,
  confirmSetUpAction,
  makeRecoveryCodesAction,
  removeSecondFactorAction,
} from './actions';
import { QrCode } from './qr-code';
import { SecondFactorDesk } from './second-factor-desk';

export const metadata: Metadata = { title: 'Second factor' };

export default async function SecondFactorPage() {
  const administrator = await requireReauthenticatedAdministrator('viewer', ['second-factor']);
  const { username } = administrator;
  const [factor, secret, ways] = await Promise.all([
    findSecondFactor(administrator.id),
    findSetUp(administrator),
    findSignInWays(administrator.id),
  ]);
  const issuer = `Keydesk ${new URL(settings().AUTH_URL).host}`;
  return (
    <div className="grid max-w-xl gap-4">
      <h1>Second factor</h1>
      {administrator.owes === 'second-factor' ? (
        <Notice look="warn">This Keydesk asks for a second factor. Set it up first.</Notice>
      ) : null}
      <SecondFactorDesk
        beginAction={beginSetUpAction}
        confirmAction={confirmSetUpAction}
        codesAction={makeRecoveryCodesAction}
        removeAction={removeSecondFactorAction}
        factor={factor && { recoveryCodes: factor.recoveryCodes }}
        mayRemove={!settings().REQUIRE_SECOND_FACTOR}
        hasPassword={ways.password}
        secret={secret && encodeBase32(secret)}
        qrCode={
          secret ? (
            <QrCode text={otpauthAddress(secret, username, issuer)} label="QR code of the secret" />
          ) : null
        }
      />
    </div>
  );
}
