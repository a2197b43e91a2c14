'use client';

import { type ReactNode, useActionState, useId } from 'react';
import { BackButton } from '@/components/back-button';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { type FormAction, idle } from '@/lib/form-state';
import { FateField } from './fate-field';

type Props = {
  action: FormAction<string>;
  id: string;
  keys: number;
  back: string;
  /** The keys, one by one. */
  children: ReactNode;
};

/** Asks what becomes of the keys of somebody who leaves. */
export function DisableUserForm({ action, id, keys, back, children }: Props) {
  const [state, submit, pending] = useActionState(action, idle);
  const formId = useId();
  if (state.status === 'done') {
    return (
      <>
        <Notice look="good">{state.data}</Notice>
        <div>
          <BackButton to={back}>Close</BackButton>
        </div>
      </>
    );
  }
  return (
    <>
      {state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
      {children}
      <form id={formId} action={submit} className="contents">
        <input type="hidden" name="id" value={id} />
        <input type="hidden" name="keys" value={keys} />
        {keys > 0 ? (
          <FateField state={state} keys="their keys" />
        ) : (
          <input type="hidden" name="fate" value="keep" />
        )}
      </form>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" form={formId} look="danger" pending={pending}>
          OK
        </Button>
        <BackButton to={back}>Cancel</BackButton>
      </div>
    </>
  );
}
