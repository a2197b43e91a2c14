'use client';

import { type ReactNode, useId } from 'react';
import { BackButton } from '@/components/back-button';
import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import { useFormAction } from '@/components/posting/use-form-action';
import type { FormAction } from '@/lib/forms/form-state';

type Props = {
  action: FormAction<{ keys: number }>;
  user: { id: string; username: string; keys: number };
  back: string;
  /** Their keys, and how much they are used. */
  children?: ReactNode;
};

/** What "Delete" asks of a user, and plainly what happens to their keys. */
export function DeleteUserForm({ action, user, back, children }: Props) {
  const posted = useFormAction(action);
  const { state } = posted;
  const formId = useId();
  const keys = state.status === 'done' ? state.data.keys : user.keys;
  const failed = state.status === 'failed';
  return (
    <>
      <p>
        <bdi className="font-semibold">{user.username}</bdi> leaves the directory, and the username
        is free again.
      </p>
      {state.status === 'done' ? (
        <Notice look="bad">
          <bdi>{user.username}</bdi> has {count(keys)}. Nothing was deleted.
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
            OK
          </SubmitButton>
        )}
        <BackButton to={back}>{failed ? 'Close' : 'Cancel'}</BackButton>
      </div>
    </>
  );
}

const count = (keys: number) => (keys === 1 ? '1 key' : `${keys} keys`);

/** The box sends the number that it names, so that nobody agrees to more than they saw. */
function KeysToo({ keys }: { keys: number }) {
  return (
    <div className="grid gap-2 rounded-md border border-line bg-surface p-3">
      <p>
        A user with keys is not deleted unless their keys go too. Deleted keys are refused from that
        moment.
      </p>
      <label className="flex min-h-10 items-center gap-2 font-medium">
        <input type="checkbox" name="keys" value={keys} className="size-4 accent-accent" />
        {keys === 1 ? 'Also delete their 1 key' : `Also delete their ${keys} keys`}
      </label>
    </div>
  );
}
