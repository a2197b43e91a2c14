'use client';

import { useActionState } from 'react';
import { Button } from '@/components/button';
import { TextField } from '@/components/field';
import { Notice } from '@/components/notice';
import { type FormAction, fieldError, idle } from '@/lib/form-state';

export function CodeForm({ action, next }: { action: FormAction<never>; next: string }) {
  const [state, submit, pending] = useActionState(action, idle);
  return (
    <form action={submit} className="grid gap-4">
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
      <Button type="submit" look="primary" pending={pending}>
        Sign in
      </Button>
    </form>
  );
}
