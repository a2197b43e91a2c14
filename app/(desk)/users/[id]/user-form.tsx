import { BackButton } from '@/components/back-button';
import { FormMessage } from '@/components/form-message';
import { ActionForm } from '@/components/posting/action-form';
import { FormScope } from '@/components/posting/form-scope';
import { SaveButton } from '@/components/posting/save-button';
import type { FormAction } from '@/lib/forms/form-state';
import { UserFields, type UserValues } from '../user-fields';
import { userLabels as labels } from '../user-labels';

type Props = {
  action: FormAction<string>;
  id: string;
  initial: UserValues;
  maySwitch: boolean;
  back: string;
};

const formId = 'edit-user';

export function UserForm({ action, id, initial, maySwitch, back }: Props) {
  return (
    <FormScope action={action}>
      <section aria-label={labels.edit} className="panel grid gap-4 p-4">
        <FormMessage />
        {/* What is saved becomes what the fields begin with, for the browser resets them to it. */}
        <ActionForm key={JSON.stringify(initial)} id={formId} className="grid gap-4">
          <input type="hidden" name="id" value={id} />
          <UserFields initial={initial} maySwitch={maySwitch} />
        </ActionForm>
        <div className="flex flex-wrap gap-2">
          <SaveButton form={formId} />
          <BackButton to={back}>{labels.cancel}</BackButton>
        </div>
      </section>
    </FormScope>
  );
}
