import { FormRefusal } from '@/components/form-refusal';
import { ActionForm } from '@/components/posting/action-form';
import { FormScope } from '@/components/posting/form-scope';
import { SubmitButton } from '@/components/posting/submit-button';
import type { FormAction } from '@/lib/forms/form-state';

type Props = { action: FormAction; id: string; text: string; describedBy?: string };

/** Brings a deleted key back; what hinders it is said in its place. */
export function RestoreForm({ action, id, text, describedBy }: Props) {
  return (
    <FormScope action={action}>
      <FormRefusal>
        <ActionForm className="inline">
          <input type="hidden" name="id" value={id} />
          <SubmitButton size="small" aria-describedby={describedBy}>
            {text}
          </SubmitButton>
        </ActionForm>
      </FormRefusal>
    </FormScope>
  );
}
