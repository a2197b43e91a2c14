'use client';

import { useId } from 'react';
import { BackButton } from '@/components/back-button';
import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import { useFormAction } from '@/components/posting/use-form-action';
import type { FormAction } from '@/lib/forms/form-state';

type Props = {
  action: FormAction<string>;
  id: string;
  /** Null where it is gone. */
  url: string | null;
};

/** What "Delete" asks of a webhook, and what is lost with it. */
export function DeleteWebhookForm({ action, id, url }: Props) {
  const posted = useFormAction(action);
  const { state } = posted;
  const formId = useId();
  if (state.status === 'done' || url === null) {
    const said = state.status === 'done' ? state.data : 'This webhook had already been deleted.';
    return (
      <>
        <Notice look={state.status === 'done' ? 'good' : 'warn'}>{said}</Notice>
        <BackButton to="/settings/notices">Close</BackButton>
      </>
    );
  }
  return (
    <>
      {state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
      <p>
        Nothing more is posted to <bdi className="font-semibold wrap-anywhere">{url}</bdi>, and its
        signing secret and log are forgotten.
      </p>
      <ActionForm of={posted} id={formId} className="contents">
        <input type="hidden" name="id" value={id} />
      </ActionForm>
      <div className="flex flex-wrap gap-2">
        <SubmitButton of={posted} form={formId} look="danger">
          OK
        </SubmitButton>
        <BackButton to={`/settings/notices/${id}`}>Cancel</BackButton>
      </div>
    </>
  );
}
