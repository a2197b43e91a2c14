'use client';

import { FormMessage } from '@/components/form-message';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import { useFormAction } from '@/components/posting/use-form-action';
import { TextField } from '@/components/text-field';
import { YesNo } from '@/components/yes-no';
import { type FormAction, fieldError, typedValue } from '@/lib/forms/form-state';
import type { PolicyValues } from '@/lib/keys/policy/policy-values';
import { PolicyFields } from '../policy-fields';

type Props = {
  action: FormAction<string>;
  apiKey: { id: string; name: string; active: boolean };
  policy: PolicyValues;
};

export function KeySettingsForm({ action, apiKey, policy }: Props) {
  const posted = useFormAction(action);
  const { state } = posted;
  const active = typedValue(state, 'active', apiKey.active ? 'yes' : 'no');
  return (
    <ActionForm
      of={posted}
      // What is saved becomes what the fields begin with, for the browser resets them to it.
      key={JSON.stringify([apiKey.name, apiKey.active, policy])}
      aria-label="Policy"
      className="grid gap-4 panel p-4"
    >
      <FormMessage of={posted} />
      <input type="hidden" name="id" value={apiKey.id} />
      <TextField
        label="Name"
        name="name"
        autoComplete="off"
        defaultValue={typedValue(state, 'name', apiKey.name)}
        error={fieldError(state, 'name')}
      />
      <PolicyFields initial={policy} />
      <YesNo label="Active" name="active" defaultValue={active === 'no' ? 'no' : 'yes'} />
      <div>
        <SubmitButton of={posted} look="primary">
          Save
        </SubmitButton>
      </div>
    </ActionForm>
  );
}
