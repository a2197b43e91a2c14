'use client';

import { useActionState } from 'react';
import { Button } from '@/components/button';
import { TextField } from '@/components/field';
import { Notice } from '@/components/notice';
import { type FormAction, fieldError, idle, typedValue } from '@/lib/form-state';

export function SignInForm({ action, next }: { action: FormAction<never>; next: string }) {
  const [state, submit, pending] = useActionState(action, idle);
  return (
    <form action={submit} className="grid gap-4">
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
      <Button type="submit" look="primary" pending={pending}>
        Sign in
      </Button>
    </form>
  );
}
