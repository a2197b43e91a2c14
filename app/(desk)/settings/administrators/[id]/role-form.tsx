import { FormMessage } from '@/components/form-message';
import { ActionForm } from '@/components/posting/action-form';
import { FormScope } from '@/components/posting/form-scope';
import { SubmitButton } from '@/components/posting/submit-button';
import { SelectField } from '@/components/select-field';
import type { FormAction } from '@/lib/forms/form-state';
import { administratorLabels as labels } from '../administrator-labels';
import { noRole, roleOptions } from '../role-labels';

type Props = {
  action: FormAction<string>;
  id: string;
  role: string;
};

export function RoleForm({ action, id, role }: Props) {
  return (
    <FormScope action={action}>
      {/* What is saved becomes what the field begins with, because the browser resets it to that. */}
      <ActionForm key={role} className="panel grid gap-3 p-4">
        <FormMessage />
        <input type="hidden" name="id" value={id} />
        <SelectField
          label={labels.role}
          name="role"
          options={[...roleOptions, noRole]}
          defaultValue={role}
        />
        <p className="text-muted">{labels.changeRoleHint}</p>
        <div>
          <SubmitButton look="primary">{labels.changeRole}</SubmitButton>
        </div>
      </ActionForm>
    </FormScope>
  );
}
