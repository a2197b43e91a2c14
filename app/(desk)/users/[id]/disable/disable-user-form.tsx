'use client';

import { type ReactNode, useId } from 'react';
import { BackButton } from '@/components/back-button';
import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import { useFormAction } from '@/components/posting/use-form-action';
import type { FormAction } from '@/lib/forms/form-state';
import { KeyActionField } from './key-action-field';

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
  const posted = useFormAction(action);
  const { state } = posted;
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
      <ActionForm of={posted} id={formId} className="contents">
        <input type="hidden" name="id" value={id} />
        <input type="hidden" name="keys" value={keys} />
        {keys > 0 ? (
          <KeyActionField state={state} keys="their keys" />
        ) : (
          <input type="hidden" name="keyAction" value="keep" />
        )}
      </ActionForm>
      <div className="flex flex-wrap gap-2">
        <SubmitButton of={posted} form={formId} look="danger">
          OK
        </SubmitButton>
        <BackButton to={back}>Cancel</BackButton>
      </div>
    </>
  );
}
