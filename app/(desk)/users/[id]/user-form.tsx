'use client';

import { useId } from 'react';
import { BackButton } from '@/components/back-button';
import { FormMessage } from '@/components/form-message';
import { ActionForm } from '@/components/posting/action-form';
import { SaveButton } from '@/components/posting/save-button';
import { useFormAction } from '@/components/posting/use-form-action';
import type { FormAction } from '@/lib/forms/form-state';
import { UserFields, type UserValues } from '../user-fields';

type Props = { action: FormAction<string>; id: string; initial: UserValues; back: string };

export function UserForm({ action, id, initial, back }: Props) {
  const posted = useFormAction(action);
  const { state } = posted;
  const formId = useId();
  return (
    <section aria-label="Facts to change" className="grid gap-4 panel p-4">
      <FormMessage of={posted} />
      <ActionForm
        of={posted}
        // What is saved becomes what the fields begin with, for the browser resets them to it.
        key={JSON.stringify(initial)}
        id={formId}
        className="grid gap-4"
      >
        <input type="hidden" name="id" value={id} />
        <UserFields state={state} initial={initial} />
      </ActionForm>
      <div className="flex flex-wrap gap-2">
        <SaveButton of={posted} form={formId} />
        <BackButton to={back}>Cancel</BackButton>
      </div>
    </section>
  );
}
