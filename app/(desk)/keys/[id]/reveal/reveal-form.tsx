'use client';

import { BackButton } from '@/components/back-button';
import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { SubmissionId } from '@/components/posting/submission-id';
import { SubmitButton } from '@/components/posting/submit-button';
import { useFormAction } from '@/components/posting/use-form-action';
import { TextField } from '@/components/text-field';
import { type FormAction, fieldError, typedValue } from '@/lib/forms/form-state';
import { revealLabels as labels } from './reveal-labels';
import { ShownSecret } from './shown-secret';

type Props = {
  action: FormAction<{ secret: string }>;
  id: string;
  requestId: string;
  back: string;
};

/** Asks why, and shows the secret in the answer. */
export function RevealForm({ action, id, requestId, back }: Props) {
  const posted = useFormAction(action);
  const { state } = posted;
  if (state.status === 'done') return <ShownSecret secret={state.data.secret} back={back} />;
  return (
    <>
      {state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
      <ActionForm of={posted} id={`reveal-${id}`} className="panel p-4">
        <input type="hidden" name="id" value={id} />
        <SubmissionId name="requestId" value={requestId} />
        <TextField
          label={labels.reason}
          name="reason"
          hint={labels.reasonHint}
          autoComplete="off"
          defaultValue={typedValue(state, 'reason')}
          error={fieldError(state, 'reason')}
        />
      </ActionForm>
      <div className="flex flex-wrap gap-2">
        <SubmitButton of={posted} form={`reveal-${id}`} look="primary">
          {labels.reveal}
        </SubmitButton>
        <BackButton to={back}>{labels.cancel}</BackButton>
      </div>
    </>
  );
}
