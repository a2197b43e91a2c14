'use client';

import { useActionState } from 'react';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { type FormAction, idle } from '@/lib/form-state';
import type { KeyListName } from '@/lib/overview/key-list-input';

type Props = {
  action: FormAction;
  list: KeyListName;
  verb: 'deactivate' | 'delete';
  text: string;
  describedBy: string;
};

/** One step to the question that comes before all keys of a list are changed. */
export function ListBulkForm({ action, list, verb, text, describedBy }: Props) {
  const [state, submit, pending] = useActionState(action, idle);
  return (
    <form action={submit} className="grid gap-2">
      {state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
      <input type="hidden" name="list" value={list} />
      <input type="hidden" name="verb" value={verb} />
      <Button
        type="submit"
        size="small"
        look={verb === 'delete' ? 'danger' : 'secondary'}
        pending={pending}
        aria-describedby={describedBy}
      >
        {text}
      </Button>
    </form>
  );
}
