'use client';

import { useActionState, useId } from 'react';
import { BackButton } from '@/components/back-button';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { type FormAction, idle } from '@/lib/form-state';

type Props = {
  action: FormAction<string>;
  id: string;
  /** Null where it is gone. */
  url: string | null;
};

/** What "Delete" asks of a webhook, and what is lost with it. */
export function DeleteWebhookForm({ action, id, url }: Props) {
  const [state, submit, pending] = useActionState(action, idle);
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
      <form id={formId} action={submit} className="contents">
        <input type="hidden" name="id" value={id} />
      </form>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" form={formId} look="danger" pending={pending}>
          OK
        </Button>
        <BackButton to={`/settings/notices/${id}`}>Cancel</BackButton>
      </div>
    </>
  );
}
