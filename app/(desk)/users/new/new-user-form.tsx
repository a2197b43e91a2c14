'use client';

import { useActionState, useId } from 'react';
import { BackButton } from '@/components/back-button';
import { Notice } from '@/components/notice';
import { SaveButton } from '@/components/save-button';
import { type FormAction, idle } from '@/lib/form-state';
import { UserFields, type UserValues } from '../user-fields';

type Props = { action: FormAction; id: string; initial: UserValues; back: string };

export function NewUserForm({ action, id, initial, back }: Props) {
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
        <input type="hidden" name="id" value={id} />
        <input type="hidden" name="back" value={back} />
        <UserFields state={state} initial={initial} />
      </form>
      <div className="flex flex-wrap gap-2">
        <SaveButton state={state} form={formId} pending={pending} />
        <BackButton to={back}>Cancel</BackButton>
      </div>
    </>
  );
}
