import type { ReactNode } from 'react';
import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import type { PostedForm } from '@/components/posting/use-form-action';
import { TextField } from '@/components/text-field';
import { fieldError } from '@/lib/forms/form-state';

type Props = {
  of: PostedForm;
  secret: string;
  qrCode: ReactNode;
};

/** The secret to scan or to type, and the first code to show that it arrived. */
export function ConfirmForm({ of: posted, secret, qrCode }: Props) {
  const { state } = posted;
  return (
    <>
      {state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
      <p>Scan this with your authenticator app, and enter the code that it shows.</p>
      {qrCode}
      <details>
        <summary className="min-h-8 font-medium text-accent">Type it by hand</summary>
        <code
          data-testid="totp-secret"
          className="block rounded-md border border-line bg-sunken p-3 break-all select-all"
        >
          {secret.replace(/.{4}(?=.)/g, '$& ')}
        </code>
      </details>
      <ActionForm of={posted} className="grid gap-4 panel p-4 sm:max-w-xs">
        <TextField
          label="Code"
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          error={fieldError(state, 'code')}
        />
        <SubmitButton of={posted} look="primary">
          Confirm
        </SubmitButton>
      </ActionForm>
    </>
  );
}
