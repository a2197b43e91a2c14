'use client';

import { useId } from 'react';
import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import { useFormAction } from '@/components/posting/use-form-action';
import { TextField } from '@/components/text-field';
import { type FormAction, fieldError, typedValue } from '@/lib/forms/form-state';
import type { AskedKey } from './asked-of';
import { CancelButton } from './cancel-button';
import { KeyImpact } from './key-impact';

export const deleteQuestion = 'Do you want to delete this record?';

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
        <code>{asked.hint}</code> of <bdi className="font-semibold">{asked.username}</bdi> leaves
        the report, and its secret is refused from that moment.
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
                label="Username"
                name="username"
                autoComplete="off"
                hint="Used in the last 24 hours. Type the username to delete it nevertheless."
                defaultValue={typedValue(state, 'username')}
                error={error}
              />
            ) : null}
          </ActionForm>
        </>
      )}
      <div className="flex flex-wrap gap-2">
        {failed ? null : (
          <SubmitButton of={posted} form={formId} look="danger">
            OK
          </SubmitButton>
        )}
        <CancelButton back={back} onCancel={onCancel}>
          {failed ? 'Close' : 'Cancel'}
        </CancelButton>
      </div>
    </>
  );
}
