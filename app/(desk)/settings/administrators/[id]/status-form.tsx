import { FormMessage } from '@/components/form-message';
import { ActionForm } from '@/components/posting/action-form';
import { FormScope } from '@/components/posting/form-scope';
import { SubmitButton } from '@/components/posting/submit-button';
import type { FormAction } from '@/lib/forms/form-state';
import { administratorLabels as labels } from '../administrator-labels';

type Props = { action: FormAction<string>; id: string; active: boolean };

export function StatusForm({ action, id, active }: Props) {
  return (
    <FormScope action={action}>
      <ActionForm className="panel grid gap-3 p-4">
        <FormMessage />
        <input type="hidden" name="id" value={id} />
        <input type="hidden" name="active" value={active ? 'no' : 'yes'} />
        <p className="text-muted">{active ? labels.disableHint : labels.enableHint}</p>
        <div>
          <SubmitButton look={active ? 'danger' : 'primary'}>
            {active ? labels.disable : labels.enable}
          </SubmitButton>
        </div>
      </ActionForm>
    </FormScope>
  );
}
