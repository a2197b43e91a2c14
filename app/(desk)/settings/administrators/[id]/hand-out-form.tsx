'use client';

import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import { useFormAction } from '@/components/posting/use-form-action';
import type { FormAction } from '@/lib/forms/form-state';
import { HandedOut, type HandedOutPassword } from '../handed-out';

type Props = { action: FormAction<HandedOutPassword>; id: string; hasSecondFactor: boolean };

export function HandOutForm({ action, id, hasSecondFactor }: Props) {
  const posted = useFormAction(action);
  const { state } = posted;
  if (state.status === 'done') {
    const message = `${state.data.username} has a new password and was signed out everywhere.`;
    return (
      <div className="panel p-4">
        <HandedOut made={state.data} message={message} />
      </div>
    );
  }
  return (
    <ActionForm of={posted} className="grid gap-3 panel p-4">
      {state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
      <input type="hidden" name="id" value={id} />
      <p className="text-muted">
        For a forgotten password: a new one for 24 hours, in place of the old, which they change at
        their next sign-in.
      </p>
      {hasSecondFactor ? (
        <label className="flex min-h-10 items-center gap-2">
          <input
            type="checkbox"
            name="removeSecondFactor"
            value="yes"
            className="size-4 accent-accent"
          />
          Also remove their second factor, for a lost phone
        </label>
      ) : null}
      <div>
        <SubmitButton of={posted}>Reset password</SubmitButton>
      </div>
    </ActionForm>
  );
}
