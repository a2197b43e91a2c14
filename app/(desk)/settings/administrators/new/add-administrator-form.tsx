'use client';

import { useId } from 'react';
import { BackButton } from '@/components/back-button';
import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { SaveButton } from '@/components/posting/save-button';
import { useFormAction } from '@/components/posting/use-form-action';
import { SelectField } from '@/components/select-field';
import { TextField } from '@/components/text-field';
import { type FormAction, fieldError, typedValue } from '@/lib/forms/form-state';
import { HandedOut, type HandedOutPassword } from '../handed-out';
import { roleOptions } from '../role-options';

type Props = {
  action: FormAction<HandedOutPassword>;
  initial: { username: string; role: string };
};

export function AddAdministratorForm({ action, initial }: Props) {
  const posted = useFormAction(action);
  const { state } = posted;
  const formId = useId();
  if (state.status === 'done') {
    return <HandedOut made={state.data} message={`${state.data.username} can sign in.`} />;
  }
  return (
    <>
      {state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
      <ActionForm of={posted} id={formId} className="grid gap-4 panel p-4">
        <input type="hidden" name="lookalike" value={typedValue(state, 'lookalike')} />
        <TextField
          label="Username"
          name="username"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          hint="Of a user in the directory, or a new one."
          defaultValue={typedValue(state, 'username', initial.username)}
          error={fieldError(state, 'username')}
        />
        <SelectField
          label="Role"
          name="role"
          options={roleOptions}
          defaultValue={typedValue(state, 'role', initial.role)}
        />
      </ActionForm>
      <div className="flex flex-wrap gap-2">
        <SaveButton of={posted} form={formId} />
        <BackButton to="/settings">Cancel</BackButton>
      </div>
    </>
  );
}
