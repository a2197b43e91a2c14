'use client';

import { BackButton } from '@/components/back-button';
import { Checkbox } from '@/components/checkbox';
import { FormMessage } from '@/components/form-message';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import { useFormAction } from '@/components/posting/use-form-action';
import { SelectField } from '@/components/select-field';
import { TextField } from '@/components/text-field';
import { type FormAction, fieldError, typedValue } from '@/lib/forms/form-state';
import type { KeyPolicy } from '@/lib/keys/policy/key-policy';
import { windowOptions } from '../../keys/window-options';

type Props = { action: FormAction<string>; policy: KeyPolicy };
type Limit = 'longestLifetime' | 'mostKeysPerUser' | 'defaultLifetime' | 'defaultRateLimit';

export function PolicyForm({ action, policy }: Props) {
  const posted = useFormAction(action);
  const { state } = posted;
  const limit = (name: Limit, label: string, hint: string) => (
    <TextField
      label={label}
      name={name}
      hint={hint}
      inputMode="numeric"
      autoComplete="off"
      defaultValue={typedValue(state, name, policy[name]?.toString() ?? '')}
      error={fieldError(state, name)}
    />
  );
  return (
    <>
      <ActionForm
        of={posted}
        id="policies"
        key={JSON.stringify(policy)}
        className="grid gap-4 panel p-4"
      >
        <FormMessage of={posted} />
        <Checkbox
          label="Every key must expire"
          name="expiryRequired"
          defaultChecked={policy.expiryRequired}
        />
        {limit('longestLifetime', 'Longest lifetime', 'In days from when it is set. Empty: any.')}
        {limit('mostKeysPerUser', 'Most keys of one user', 'Empty: any number.')}
        {limit(
          'defaultLifetime',
          'Lifetime of a new key',
          'In days: what its form begins with. Empty: no end.',
        )}
        <div className="grid items-start gap-4 sm:grid-cols-2">
          {limit('defaultRateLimit', 'Rate limit of a new key', 'What its form begins with.')}
          <SelectField
            label="Per"
            name="defaultRateWindow"
            options={windowOptions}
            defaultValue={typedValue(state, 'defaultRateWindow', `${policy.defaultRateWindow}`)}
          />
        </div>
      </ActionForm>
      <div className="flex flex-wrap gap-2">
        <SubmitButton of={posted} form="policies" look="primary">
          Save
        </SubmitButton>
        <BackButton to="/settings">Cancel</BackButton>
      </div>
    </>
  );
}
