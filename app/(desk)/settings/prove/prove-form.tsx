'use client';

import { useActionState, useId } from 'react';
import { BackButton } from '@/components/back-button';
import { Button } from '@/components/button';
import { TextField } from '@/components/field';
import { Notice } from '@/components/notice';
import { type FormAction, fieldError, idle } from '@/lib/form-state';

type Props = { action: FormAction<never>; hasSecondFactor: boolean; next: string };

export function ProveForm({ action, hasSecondFactor, next }: Props) {
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
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          error={fieldError(state, 'password')}
        />
        {hasSecondFactor ? (
          <TextField
            label="Or a code"
            name="code"
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            hint="From your authenticator app, in place of the password."
            error={fieldError(state, 'code')}
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
