import { BackButton } from '@/components/back-button';
import { FormMessage } from '@/components/form-message';
import { ActionForm } from '@/components/posting/action-form';
import { FormScope } from '@/components/posting/form-scope';
import { SaveButton } from '@/components/posting/save-button';
import { SubmissionId } from '@/components/posting/submission-id';
import type { FormAction } from '@/lib/forms/form-state';
import { UserFields, type UserValues } from '../user-fields';
import { userLabels } from '../user-labels';

type Props = { action: FormAction; id: string; initial: UserValues; back: string };

export function NewUserForm({ action, id, initial, back }: Props) {
  return (
    <FormScope action={action}>
      <FormMessage />
      <ActionForm id="new-user" className="panel grid gap-4 p-4">
        <SubmissionId name="id" value={id} />
        <input type="hidden" name="back" value={back} />
        <UserFields initial={initial} />
      </ActionForm>
      <div className="flex flex-wrap gap-2">
        <SaveButton form="new-user" />
        <BackButton to={back}>{userLabels.cancel}</BackButton>
      </div>
    </FormScope>
  );
}
