'use client';

import { useId } from 'react';
import { BackButton } from '@/components/back-button';
import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import { useFormAction } from '@/components/posting/use-form-action';
import { TextField } from '@/components/text-field';
import { type FormAction, fieldError } from '@/lib/forms/form-state';

type Props = {
  action: FormAction<never>;
  ways: { password: boolean; secondFactor: boolean };
  next: string;
};

export function ReauthenticateForm({ action, ways, next }: Props) {
  const posted = useFormAction(action);
  const { state } = posted;
  const formId = useId();
  return (
    <>
      {state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
      <ActionForm of={posted} id={formId} className="grid gap-4 panel p-4">
        <input type="hidden" name="next" value={next} />
        {ways.password ? (
          <TextField
            label="Password"
            name="password"
            type="password"
            autoComplete="current-password"
            error={fieldError(state, 'password')}
          />
        ) : null}
        {ways.secondFactor ? (
          <TextField
            label={ways.password ? 'Or a code' : 'Code'}
            name="code"
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            hint={`From your authenticator app${ways.password ? ', in place of the password' : ''}.`}
            error={
              fieldError(state, 'code') ?? (ways.password ? '' : fieldError(state, 'password'))
            }
          />
        ) : null}
      </ActionForm>
      <div className="flex flex-wrap gap-2">
        <SubmitButton of={posted} form={formId} look="primary">
          Continue
        </SubmitButton>
        <BackButton to="/settings">Cancel</BackButton>
      </div>
    </>
  );
}
