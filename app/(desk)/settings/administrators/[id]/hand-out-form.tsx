import { Checkbox } from '@/components/checkbox';
import { FormMessage } from '@/components/form-message';
import { ActionForm } from '@/components/posting/action-form';
import { FormScope } from '@/components/posting/form-scope';
import { SubmitButton } from '@/components/posting/submit-button';
import { UntilDone } from '@/components/posting/when-done';
import { type Shown, ShownOnce } from '@/components/shown-once';
import type { FormAction } from '@/lib/forms/form-state';
import { administratorLabels as labels } from '../administrator-labels';

type Props = {
  action: FormAction<Shown>;
  id: string;
  hasSecondFactor: boolean;
};

export function HandOutForm({ action, id, hasSecondFactor }: Props) {
  return (
    <FormScope action={action}>
      <div className="panel p-4">
        <ShownOnce label={labels.oneTimePassword} onward={labels.copied} />
        <UntilDone>
          <ActionForm className="grid gap-3">
            <FormMessage />
            <input type="hidden" name="id" value={id} />
            <p className="text-muted">{labels.resetHint}</p>
            {hasSecondFactor ? (
              <Checkbox
                label={labels.removeFactor}
                name="removeSecondFactor"
                defaultChecked={false}
              />
            ) : null}
            <div>
              <SubmitButton>{labels.resetPassword}</SubmitButton>
            </div>
          </ActionForm>
        </UntilDone>
      </div>
    </FormScope>
  );
}
