import Link from 'next/link';
import { BackButton } from '@/components/back-button';
import { buttonClass } from '@/components/button';
import { FormMessage } from '@/components/form-message';
import { ActionForm } from '@/components/posting/action-form';
import { FormScope } from '@/components/posting/form-scope';
import { SubmitButton } from '@/components/posting/submit-button';
import { UntilDone, WhenDone } from '@/components/posting/when-done';
import { TextField } from '@/components/text-field';
import type { FormAction } from '@/lib/forms/form-state';
import { settingsLabels } from '../settings-labels';
import { passwordLabels } from './password-labels';

type Props = {
  action: FormAction<string>;
  username: string;
  shortest: number;
  /** False while a one-time password must be changed first. */
  mayLeave: boolean;
};

export function PasswordForm({ action, username, shortest, mayLeave }: Props) {
  return (
    <FormScope action={action}>
      <FormMessage />
      <WhenDone>
        <p>
          <Link prefetch={false} href="/settings" className={buttonClass()}>
            {passwordLabels.onward}
          </Link>
        </p>
      </WhenDone>
      <UntilDone>
        <ActionForm id="password-form" className="grid gap-4 panel p-4">
          <PasswordFields username={username} shortest={shortest} />
        </ActionForm>
        <div className="flex flex-wrap gap-2">
          <SubmitButton form="password-form" look="primary">
            {passwordLabels.save}
          </SubmitButton>
          {mayLeave ? (
            <BackButton to="/settings/security">{settingsLabels.cancel}</BackButton>
          ) : null}
        </div>
      </UntilDone>
    </FormScope>
  );
}

function PasswordFields({ username, shortest }: { username: string; shortest: number }) {
  return (
    <>
      {/* Password managers want to know whose password this is. */}
      <input
        type="text"
        autoComplete="username"
        defaultValue={username}
        aria-label={passwordLabels.username}
        readOnly
        hidden
      />
      <TextField
        label={passwordLabels.current}
        name="currentPassword"
        type="password"
        autoComplete="current-password"
      />
      <TextField
        label={passwordLabels.next}
        name="newPassword"
        type="password"
        autoComplete="new-password"
        hint={passwordLabels.hint(shortest)}
      />
      <TextField
        label={passwordLabels.repeat}
        name="repeatedPassword"
        type="password"
        autoComplete="new-password"
      />
    </>
  );
}
