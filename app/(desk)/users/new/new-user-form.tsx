'use client';

import { useId } from 'react';
import { BackButton } from '@/components/back-button';
import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { SaveButton } from '@/components/posting/save-button';
import { SubmissionId } from '@/components/posting/submission-id';
import { useFormAction } from '@/components/posting/use-form-action';
import type { FormAction } from '@/lib/forms/form-state';
import { UserFields, type UserValues } from '../user-fields';

type Props = { action: FormAction; id: string; initial: UserValues; back: string };

export function NewUserForm({ action, id, initial, back }: Props) {
  const posted = useFormAction(action);
  const { state } = posted;
  const formId = useId();
  return (
    <>
      {state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
      <ActionForm of={posted} id={formId} className="grid gap-4 panel p-4">
        <SubmissionId name="id" value={id} />
        <input type="hidden" name="back" value={back} />
        <UserFields state={state} initial={initial} />
      </ActionForm>
      <div className="flex flex-wrap gap-2">
        <SaveButton of={posted} form={formId} />
        <BackButton to={back}>Cancel</BackButton>
      </div>
    </>
  );
}
