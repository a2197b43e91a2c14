'use client';

import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { SubmissionId } from '@/components/posting/submission-id';
import { SubmitButton } from '@/components/posting/submit-button';
import { useFormAction } from '@/components/posting/use-form-action';
import { TextField } from '@/components/text-field';
import { type FormAction, fieldError, typedValue } from '@/lib/forms/form-state';
import { SigningSecret } from './signing-secret';

type Props = {
  action: FormAction<{ id: string; secret: string }>;
  /** Of the webhook to be made: a repeated POST finds it and makes no second. */
  id: string;
};

export function AddWebhookForm({ action, id }: Props) {
  const posted = useFormAction(action);
  const { state } = posted;
  if (state.status === 'done') {
    return <SigningSecret {...state.data} message="The webhook was added, and is on." />;
  }
  return (
    <ActionForm of={posted} className="grid gap-3 panel p-4">
      {state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
      <SubmissionId name="id" value={id} />
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
        <SubmitButton of={posted} look="primary">
          Add webhook
        </SubmitButton>
      </div>
    </ActionForm>
  );
}
