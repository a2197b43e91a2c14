import { FormMessage } from '@/components/form-message';
import { ActionForm } from '@/components/posting/action-form';
import { FormScope } from '@/components/posting/form-scope';
import { SubmitButton } from '@/components/posting/submit-button';
import type { FormAction } from '@/lib/forms/form-state';
import type { KeyListName } from '@/lib/overview/key-list-input';

type Props = {
  action: FormAction;
  list: KeyListName;
  verb: 'deactivate' | 'delete';
  text: string;
  describedBy: string;
};

/** One step to the question that comes before all keys of a list are changed. */
export function ListBulkForm({ action, list, verb, text, describedBy }: Props) {
  return (
    <FormScope action={action}>
      <ActionForm className="grid gap-2">
        <FormMessage />
        <input type="hidden" name="list" value={list} />
        <input type="hidden" name="verb" value={verb} />
        <SubmitButton
          size="small"
          look={verb === 'delete' ? 'danger' : 'secondary'}
          aria-describedby={describedBy}
        >
          {text}
        </SubmitButton>
      </ActionForm>
    </FormScope>
  );
}
