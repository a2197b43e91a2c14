'use client';

import { useActionState } from 'react';
import { Button } from '@/components/button';
import { TextField } from '@/components/field';
import { Notice } from '@/components/notice';
import { type FormAction, fieldError, idle, typedValue } from '@/lib/form-state';
import { SigningSecret } from './signing-secret';

type Props = {
  action: FormAction<{ id: string; secret: string }>;
  /** Of the webhook to be made: a repeated POST finds it and makes no second. */
  id: string;
};

export function AddWebhookForm({ action, id }: Props) {
  const [state, submit, pending] = useActionState(action, idle);
  if (state.status === 'done') {
    return <SigningSecret {...state.data} message="The webhook was added, and is on." />;
  }
  return (
    <form action={submit} className="grid gap-3 rounded-lg border border-line bg-surface p-4">
      {state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
      <input type="hidden" name="id" value={id} />
      <TextField
        label="URL"
        name="url"
        type="url"
        inputMode="url"
        autoComplete="off"
        hint="Where notices are posted to, signed with a secret that is made now."
        defaultValue={typedValue(state, 'url')}
        error={fieldError(state, 'url')}
      />
      <div>
        <Button type="submit" look="primary" pending={pending}>
          Add webhook
        </Button>
      </div>
    </form>
  );
}
