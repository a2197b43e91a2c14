import type { ReactNode } from 'react';
import { FormMessage } from '@/components/form-message';
import { ActionForm } from '@/components/posting/action-form';
import { FormScope } from '@/components/posting/form-scope';
import { SubmitButton } from '@/components/posting/submit-button';
import { UntilDone } from '@/components/posting/when-done';
import type { Shown } from '@/components/shown-once';
import { TextField } from '@/components/text-field';
import { encodeBase32, otpauthAddress } from '@/lib/auth/second-factor/totp';
import type { FormAction } from '@/lib/forms/form-state';
import { settings } from '@/lib/settings/settings';
import { QrCode } from './qr-code';
import { secondFactorLabels } from './second-factor-labels';

type Props = Begun & {
  confirmAction: FormAction<Shown>;
  /** Shown while the second factor is on. It also shows the answer to the last code. */
  inForce: ReactNode;
  children: ReactNode;
};

/** Keeps its scope in the same place in each state of the page, so that the answer survives the change. */
export function SetUp({ confirmAction, inForce, children, ...begun }: Props) {
  return (
    <FormScope action={confirmAction}>
      {inForce ?? <SetUpForms {...begun} />}
      <UntilDone>{children}</UntilDone>
    </FormScope>
  );
}

type Begun = {
  beginAction: FormAction;
  /** The secret of a set-up under way. */
  secret: Buffer | null;
  username: string;
};

/** A button that makes a secret, then the secret and the form for its first code. */
function SetUpForms({ beginAction, secret, username }: Begun) {
  return (
    <>
      <FormMessage />
      {secret ? (
        <ConfirmForm secret={secret} username={username} />
      ) : (
        <FormScope action={beginAction}>
          <ActionForm className="panel grid justify-items-start gap-3 p-4">
            <FormMessage />
            <p>
              <strong className="font-semibold">{secondFactorLabels.off}</strong>{' '}
              {secondFactorLabels.what}
            </p>
            <SubmitButton look="primary">{secondFactorLabels.setUp}</SubmitButton>
          </ActionForm>
        </FormScope>
      )}
    </>
  );
}

/** Shows the secret to scan or to type, and asks for its first code. */
function ConfirmForm({ secret, username }: { secret: Buffer; username: string }) {
  const typed = encodeBase32(secret);
  const issuer = `Keydesk ${new URL(settings().AUTH_URL).host}`;
  return (
    <>
      <p>{secondFactorLabels.scan}</p>
      <QrCode text={otpauthAddress(secret, username, issuer)} label={secondFactorLabels.qrCode} />
      <details>
        <summary className="min-h-8 font-medium text-accent">{secondFactorLabels.manual}</summary>
        <code
          data-testid="totp-secret"
          className="block rounded-md border border-line bg-sunken p-3 break-all select-all"
        >
          {typed.replace(/.{4}(?=.)/g, '$& ')}
        </code>
      </details>
      <ActionForm className="grid gap-4 panel p-4 sm:max-w-xs">
        <TextField
          label={secondFactorLabels.code}
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
        />
        <SubmitButton look="primary">{secondFactorLabels.confirm}</SubmitButton>
      </ActionForm>
    </>
  );
}
