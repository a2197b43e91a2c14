'use client';

import { FormMessage } from '@/components/form-message';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import { useFormAction } from '@/components/posting/use-form-action';
import type { FormAction } from '@/lib/forms/form-state';

type Props = { action: FormAction<string>; id: string; active: boolean };

export function StatusForm({ action, id, active }: Props) {
  const posted = useFormAction(action);
  const { state } = posted;
  return (
    <ActionForm of={posted} className="grid gap-3 rounded-lg border border-line bg-surface p-4">
      <FormMessage state={state} />
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="active" value={active ? 'no' : 'yes'} />
      <p className="text-muted">
        {active
          ? 'Whoever is disabled is signed out at once and cannot sign in; callers with their keys are refused.'
          : 'They can sign in again, and their keys work again.'}
      </p>
      <div>
        <SubmitButton of={posted} look={active ? 'danger' : 'primary'}>
          {active ? 'Disable' : 'Enable'}
        </SubmitButton>
      </div>
    </ActionForm>
  );
}
