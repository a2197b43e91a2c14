'use client';

import { useId } from 'react';
import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import { useFormAction } from '@/components/posting/use-form-action';
import { TextField } from '@/components/text-field';
import { type FormAction, fieldError } from '@/lib/forms/form-state';
import type { AskedKey } from './asked-of';
import { CancelButton } from './cancel-button';
import { KeyImpact } from './key-impact';
import { questionLabels as labels } from './question-labels';

type Props = { asked: AskedKey; action: FormAction; back: string; onCancel?: () => void };

/** What "Delete" asks. After OK the report says what is gone. */
export function DeleteKeyForm({ asked, action, back, onCancel }: Props) {
  const posted = useFormAction(action);
  const { state } = posted;
  const formId = useId();
  const failed = state.status === 'failed';
  const error = fieldError(state, 'username');
  return (
    <>
      <p>
        <code>{asked.hint}</code>
        {labels.of}
        <b>
          <bdi>{asked.username}</bdi>
        </b>
        {labels.willBeDeleted}
      </p>
      {failed ? <Notice look="warn">{state.message}</Notice> : null}
      {failed ? null : (
        <>
          <KeyImpact keyId={asked.id} use={asked.use} />
          <ActionForm of={posted} id={formId}>
            <input type="hidden" name="id" value={asked.id} />
            <input type="hidden" name="back" value={back} />
            {asked.usedLately || error ? (
              <TextField
                label={labels.confirm(asked.username)}
                name="username"
                autoComplete="off"
                hint={labels.usedLately}
              />
            ) : null}
          </ActionForm>
        </>
      )}
      <div className="flex flex-wrap gap-2">
        {failed ? null : (
          <SubmitButton of={posted} form={formId} look="destructive">
            {labels.ok}
          </SubmitButton>
        )}
        <CancelButton back={back} onCancel={onCancel}>
          {failed ? labels.close : labels.cancel}
        </CancelButton>
      </div>
    </>
  );
}
