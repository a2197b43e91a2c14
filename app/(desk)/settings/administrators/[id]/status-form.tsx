'use client';

import { useActionState } from 'react';
import { Button } from '@/components/button';
import { Told } from '@/components/told';
import { type FormAction, idle } from '@/lib/form-state';

type Props = { action: FormAction<string>; id: string; active: boolean };

export function StatusForm({ action, id, active }: Props) {
  const [state, submit, pending] = useActionState(action, idle);
  return (
    <form action={submit} className="grid gap-3 rounded-lg border border-line bg-surface p-4">
      <Told state={state} />
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="active" value={active ? 'no' : 'yes'} />
      <p className="text-muted">
        {active
          ? 'Whoever is disabled is signed out at once and cannot sign in; callers with their keys are refused.'
          : 'They can sign in again, and their keys work again.'}
      </p>
      <div>
        <Button type="submit" look={active ? 'danger' : 'primary'} pending={pending}>
          {active ? 'Disable' : 'Enable'}
        </Button>
      </div>
    </form>
  );
}
