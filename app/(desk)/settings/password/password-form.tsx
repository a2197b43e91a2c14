'use client';

import Link from 'next/link';
import { useId } from 'react';
import { BackButton } from '@/components/back-button';
import { buttonClass } from '@/components/button';
import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import { useFormAction } from '@/components/posting/use-form-action';
import { TextField } from '@/components/text-field';
import { type FormAction, fieldError } from '@/lib/forms/form-state';

type Props = { action: FormAction<string>; username: string; shortest: number };

export function PasswordForm({ action, username, shortest }: Props) {
  const posted = useFormAction(action);
  const { state } = posted;
  const formId = useId();
  if (state.status === 'done') {
    return (
      <>
        <Notice look="good">{state.data}</Notice>
        <p>
          <Link prefetch={false} href="/settings" className={buttonClass()}>
            Go to Settings
          </Link>
        </p>
      </>
    );
  }
  return (
    <>
      {state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
      <ActionForm of={posted} id={formId} className="grid gap-4 panel p-4">
        {/* Password managers want to know whose password this is. */}
        <input
          type="text"
          autoComplete="username"
          defaultValue={username}
          aria-label="Username"
          readOnly
          hidden
        />
        <TextField
          label="Current password"
          name="currentPassword"
          type="password"
          autoComplete="current-password"
          error={fieldError(state, 'currentPassword')}
        />
        <TextField
          label="New password"
          name="newPassword"
          type="password"
          autoComplete="new-password"
          hint={`At least ${shortest} characters, any you like. A few words that only you would put together are easy to type.`}
          error={fieldError(state, 'newPassword')}
        />
        <TextField
          label="Repeat new password"
          name="repeatedPassword"
          type="password"
          autoComplete="new-password"
          error={fieldError(state, 'repeatedPassword')}
        />
      </ActionForm>
      <div className="flex flex-wrap gap-2">
        <SubmitButton of={posted} form={formId} look="primary">
          Change password
        </SubmitButton>
        <BackButton to="/settings">Cancel</BackButton>
      </div>
    </>
  );
}
