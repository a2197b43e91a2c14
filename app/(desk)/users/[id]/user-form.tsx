'use client';

import { useActionState, useId } from 'react';
import { BackButton } from '@/components/back-button';
import { SaveButton } from '@/components/save-button';
import { Told } from '@/components/told';
import { type FormAction, idle } from '@/lib/form-state';
import { UserFields, type UserValues } from '../user-fields';

type Props = { action: FormAction<string>; id: string; initial: UserValues; back: string };

export function UserForm({ action, id, initial, back }: Props) {
  const [state, submit, pending] = useActionState(action, idle);
  const formId = useId();
  return (
    <section
      aria-label="Facts to change"
      className="grid gap-4 rounded-lg border border-line bg-surface p-4"
    >
      <Told state={state} />
      <form
        // What is saved becomes what the fields begin with, for the browser resets them to it.
        key={JSON.stringify(initial)}
        id={formId}
        action={submit}
        className="grid gap-4"
      >
        <input type="hidden" name="id" value={id} />
        <UserFields state={state} initial={initial} />
      </form>
      <div className="flex flex-wrap gap-2">
        <SaveButton state={state} form={formId} pending={pending} />
        <BackButton to={back}>Cancel</BackButton>
      </div>
    </section>
  );
}
