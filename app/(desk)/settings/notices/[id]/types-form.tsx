import { FormMessage } from '@/components/form-message';
import { ActionForm } from '@/components/posting/action-form';
import { FormScope } from '@/components/posting/form-scope';
import { SubmitButton } from '@/components/posting/submit-button';
import type { FormAction } from '@/lib/forms/form-state';
import { settingsLabels } from '../../settings-labels';
import { TypeFields } from '../type-fields';

type Props = { id: string; types: readonly string[]; action: FormAction<string> };

export function TypesForm({ id, types, action }: Props) {
  return (
    <FormScope action={action}>
      <div className="panel grid gap-3 p-4">
        <FormMessage />
        {/* What is saved becomes what the boxes begin with, because the browser resets them to that. */}
        <ActionForm key={types.join(' ')} className="grid gap-3">
          <input type="hidden" name="id" value={id} />
          <TypeFields chosen={types} />
          <div>
            <SubmitButton look="primary">{settingsLabels.save}</SubmitButton>
          </div>
        </ActionForm>
      </div>
    </FormScope>
  );
}
