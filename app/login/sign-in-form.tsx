'use client';

import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import { useFormAction } from '@/components/posting/use-form-action';
import { TextField } from '@/components/text-field';
import { type FormAction, fieldError, typedValue } from '@/lib/forms/form-state';

export function SignInForm({ action, next }: { action: FormAction<never>; next: string }) {
  const posted = useFormAction(action);
  const { state } = posted;
  return (
    <ActionForm of={posted} className="grid gap-4">
      {state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
      <input type="hidden" name="next" value={next} />
      <TextField
        label="Username"
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        defaultValue={typedValue(state, 'username')}
        error={fieldError(state, 'username')}
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        error={fieldError(state, 'password')}
      />
      <SubmitButton of={posted} look="primary">
        Sign in
      </SubmitButton>
    </ActionForm>
  );
}
