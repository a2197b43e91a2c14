import { BackButton } from '@/components/back-button';
import { Combobox } from '@/components/combobox';
import { FormMessage } from '@/components/form-message';
import { ActionForm } from '@/components/posting/action-form';
import { AnsweredValue } from '@/components/posting/answered-value';
import { FormScope } from '@/components/posting/form-scope';
import { SaveButton } from '@/components/posting/save-button';
import { UntilDone } from '@/components/posting/when-done';
import { SelectField } from '@/components/select-field';
import { type Shown, ShownOnce } from '@/components/shown-once';
import type { FormAction } from '@/lib/forms/form-state';
import { settingsLabels } from '../../settings-labels';
import { administratorLabels as labels } from '../administrator-labels';
import { roleOptions } from '../role-labels';

type Props = {
  action: FormAction<Shown>;
  initial: { username: string; role: string };
};

export function AddAdministratorForm({ action, initial }: Props) {
  return (
    <FormScope action={action}>
      <ShownOnce label={labels.oneTimePassword} onward={labels.copied} />
      <UntilDone>
        <FormMessage />
        <ActionForm id="administrator" className="grid gap-4 panel p-4">
          <AnsweredValue name="lookalike" />
          <Combobox
            label={labels.username}
            name="username"
            hint={labels.usernameHint}
            defaultValue={initial.username}
            from="/users/suggestions"
          />
          <SelectField
            label={labels.role}
            name="role"
            options={roleOptions}
            defaultValue={initial.role}
          />
        </ActionForm>
        <div className="flex flex-wrap gap-2">
          <SaveButton form="administrator" />
          <BackButton to="/settings/administrators">{settingsLabels.cancel}</BackButton>
        </div>
      </UntilDone>
    </FormScope>
  );
}
