import type { ReactNode } from 'react';
import { Button } from '@/components/button';
import { TextField } from '@/components/field';
import { Notice } from '@/components/notice';
import { type FormState, fieldError } from '@/lib/form-state';

type Props = {
  form: [FormState<unknown>, (form: FormData) => void, boolean];
  secret: string;
  qrCode: ReactNode;
};

/** The secret to scan or to type, and the first code to show that it arrived. */
export function ConfirmForm({ form: [state, submit, pending], secret, qrCode }: Props) {
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
      <form
        action={submit}
        className="grid gap-4 rounded-lg border border-line bg-surface p-4 sm:max-w-xs"
      >
        <TextField
          label="Code"
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          error={fieldError(state, 'code')}
        />
        <Button type="submit" look="primary" pending={pending}>
          Confirm
        </Button>
      </form>
    </>
  );
}
