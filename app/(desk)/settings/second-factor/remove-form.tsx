import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import type { PostedForm } from '@/components/posting/use-form-action';
import { TextField } from '@/components/text-field';
import { fieldError } from '@/lib/forms/form-state';

type Props = {
  of: PostedForm;
  hasPassword: boolean;
};

export function RemoveForm({ of: posted, hasPassword }: Props) {
  const { state } = posted;
  return (
    <details open={state.status === 'invalid' || state.status === 'failed'}>
      <summary className="min-h-8 font-medium text-accent">Remove the second factor</summary>
      {state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
      <ActionForm of={posted} className="grid gap-4 panel p-4 sm:max-w-sm">
        <p>
          {hasPassword ? 'Your password' : 'Your provider'} alone will open Keydesk again. Your
          other browsers are signed out.
        </p>
        {hasPassword ? (
          <TextField
            label="Password"
            name="password"
            type="password"
            autoComplete="current-password"
            error={fieldError(state, 'password')}
          />
        ) : null}
        <SubmitButton of={posted} look="danger">
          Remove
        </SubmitButton>
      </ActionForm>
    </details>
  );
}
