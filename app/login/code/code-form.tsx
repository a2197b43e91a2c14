'use client';

import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import { useFormAction } from '@/components/posting/use-form-action';
import { TextField } from '@/components/text-field';
import { type FormAction, fieldError } from '@/lib/forms/form-state';

export function CodeForm({ action, next }: { action: FormAction<never>; next: string }) {
  const posted = useFormAction(action);
  const { state } = posted;
  return (
    <ActionForm of={posted} className="grid gap-4">
      {state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
      <input type="hidden" name="next" value={next} />
      <TextField
        label="Code"
        name="code"
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        hint="Six digits from your authenticator app, or one of your recovery codes."
        error={fieldError(state, 'code')}
      />
      <SubmitButton of={posted} look="primary">
        Sign in
      </SubmitButton>
    </ActionForm>
  );
}
