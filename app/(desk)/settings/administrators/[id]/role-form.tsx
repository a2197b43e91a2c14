'use client';

import { FormMessage } from '@/components/form-message';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import { useFormAction } from '@/components/posting/use-form-action';
import { SelectField } from '@/components/select-field';
import type { FormAction } from '@/lib/forms/form-state';
import { noRole, roleOptions } from '../role-options';

type Props = { action: FormAction<string>; id: string; role: string };

export function RoleForm({ action, id, role }: Props) {
  const posted = useFormAction(action);
  const { state } = posted;
  return (
    <ActionForm
      of={posted}
      // What is saved becomes what the field begins with, for the browser resets it to that.
      key={role}
      className="grid gap-3 rounded-lg border border-line bg-surface p-4"
    >
      <FormMessage state={state} />
      <input type="hidden" name="id" value={id} />
      <SelectField
        label="Role"
        name="role"
        options={[...roleOptions, noRole]}
        defaultValue={role}
      />
      <p className="text-muted">Another role signs them out everywhere.</p>
      <div>
        <SubmitButton of={posted} look="primary">
          Change role
        </SubmitButton>
      </div>
    </ActionForm>
  );
}
