'use client';

import { useActionState } from 'react';
import { Button } from '@/components/button';
import { type FormAction, idle } from '@/lib/form-state';

export function SignOutForm({ action }: { action: FormAction }) {
  const [, submit, pending] = useActionState(action, idle);
  return (
    <form action={submit}>
      <Button type="submit" look="quiet" size="small" pending={pending}>
        Sign out
      </Button>
    </form>
  );
}
