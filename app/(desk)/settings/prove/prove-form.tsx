'use client';

import { useActionState, useId } from 'react';
import { BackButton } from '@/components/back-button';
import { Button } from '@/components/button';
import { TextField } from '@/components/field';
import { Notice } from '@/components/notice';
import { type FormAction, fieldError, idle } from '@/lib/form-state';

type Props = {
  action: FormAction<never>;
  ways: { password: boolean; secondFactor: boolean };
  next: string;
};

export function ProveForm({ action, ways, next }: Props) {
  const [state, submit, pending] = useActionState(action, idle);
  const formId = useId();
  return (
    <>
      {state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
      <form
        id={formId}
        action={submit}
        className="grid gap-4 rounded-lg border border-line bg-surface p-4"
      >
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
      </form>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" form={formId} look="primary" pending={pending}>
          Continue
        </Button>
        <BackButton to="/settings">Cancel</BackButton>
      </div>
    </>
  );
}
