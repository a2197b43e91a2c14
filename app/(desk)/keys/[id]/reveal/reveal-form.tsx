'use client';

import { useActionState } from 'react';
import { BackButton } from '@/components/back-button';
import { Button } from '@/components/button';
import { TextField } from '@/components/field';
import { Notice } from '@/components/notice';
import { type FormAction, fieldError, idle, typedValue } from '@/lib/form-state';
import { ShownSecret } from './shown-secret';

type Props = {
  action: FormAction<{ secret: string }>;
  id: string;
  requestId: string;
  back: string;
};

/** Asks why, and shows the secret in the answer. */
export function RevealForm({ action, id, requestId, back }: Props) {
  const [state, submit, pending] = useActionState(action, idle);
  if (state.status === 'done') return <ShownSecret secret={state.data.secret} back={back} />;
  return (
    <>
      {state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
      <form
        id={`reveal-${id}`}
        action={submit}
        className="rounded-lg border border-line bg-surface p-4"
      >
        <input type="hidden" name="id" value={id} />
        <input type="hidden" name="requestId" value={requestId} />
        <TextField
          label="Reason"
          name="reason"
          hint="Why you need to see it: up to 200 characters."
          autoComplete="off"
          defaultValue={typedValue(state, 'reason')}
          error={fieldError(state, 'reason')}
        />
      </form>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" form={`reveal-${id}`} look="primary" pending={pending}>
          Reveal
        </Button>
        <BackButton to={back}>Cancel</BackButton>
      </div>
    </>
  );
}
