'use client';

import { useActionState } from 'react';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { type FormAction, idle } from '@/lib/form-state';

type Props = { action: FormAction; id: string; text: string; describedBy?: string };

/** Brings a deleted key back; what hinders it is said in its place. */
export function RestoreForm({ action, id, text, describedBy }: Props) {
  const [state, submit, pending] = useActionState(action, idle);
  if (state.status === 'failed') return <Notice look="warn">{state.message}</Notice>;
  return (
    <form action={submit} className="inline">
      <input type="hidden" name="id" value={id} />
      <Button type="submit" size="small" pending={pending} aria-describedby={describedBy}>
        {text}
      </Button>
    </form>
  );
}
