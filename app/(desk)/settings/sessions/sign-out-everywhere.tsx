import { FormMessage } from '@/components/form-message';
import { ActionForm } from '@/components/posting/action-form';
import { FormScope } from '@/components/posting/form-scope';
import { SubmitButton } from '@/components/posting/submit-button';
import type { FormAction } from '@/lib/forms/form-state';
import { sessionLabels } from './session-labels';

export function SignOutEverywhere({ action }: { action: FormAction }) {
  return (
    <FormScope action={action}>
      <ActionForm className="grid justify-items-start gap-2">
        <FormMessage />
        <SubmitButton look="danger">{sessionLabels.everywhere}</SubmitButton>
      </ActionForm>
    </FormScope>
  );
}
