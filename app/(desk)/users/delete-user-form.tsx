'use client';

import type { ReactNode } from 'react';
import { BackButton } from '@/components/back-button';
import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import { useFormAction } from '@/components/posting/use-form-action';
import type { FormAction } from '@/lib/forms/form-state';
import { deleteLabels as labels } from './delete-labels';

type Props = {
  action: FormAction<{ keys: number }>;
  user: { id: string; username: string; keys: number };
  back: string;
  /** Their keys, and how much they are used. */
  children?: ReactNode;
};

const formId = 'delete-user';

/** What "Delete" asks of a user, and plainly what happens to their keys. */
export function DeleteUserForm({ action, user, back, children }: Props) {
  const posted = useFormAction(action);
  const { state } = posted;
  const keys = state.status === 'done' ? state.data.keys : user.keys;
  const failed = state.status === 'failed';
  return (
    <>
      <p>
        <bdi className="font-semibold">{user.username}</bdi> {labels.willBe}
      </p>
      {state.status === 'done' ? (
        <Notice look="bad">
          <bdi>{user.username}</bdi> {labels.hasKeys(keys)}
        </Notice>
      ) : null}
      {failed ? <Notice look="warn">{state.message}</Notice> : null}
      {failed ? null : children}
      <ActionForm of={posted} id={formId} className="contents">
        <input type="hidden" name="id" value={user.id} />
        <input type="hidden" name="back" value={back} />
        {keys > 0 && !failed ? <KeysToo key={keys} keys={keys} /> : null}
      </ActionForm>
      <div className="flex flex-wrap gap-2">
        {failed ? null : (
          <SubmitButton of={posted} form={formId} look="danger">
            {labels.ok}
          </SubmitButton>
        )}
        <BackButton to={back}>{failed ? labels.close : labels.cancel}</BackButton>
      </div>
    </>
  );
}

/** The box sends the number that it names, so that nobody agrees to more than they saw. */
function KeysToo({ keys }: { keys: number }) {
  return (
    <div className="panel grid gap-2 p-3">
      <p>
        {labels.continue(keys)} {labels.stopsAtOnce}
      </p>
      <label className="flex min-h-10 items-center gap-2 font-medium">
        <input type="checkbox" name="keys" value={keys} className="size-4 accent-accent" />
        {labels.alsoKeys(keys)}
      </label>
    </div>
  );
}
