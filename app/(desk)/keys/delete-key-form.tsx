'use client';

import { useActionState } from 'react';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { type FormAction, idle } from '@/lib/form-state';
import { CancelButton } from './cancel-button';
import type { AskedKey } from './key-desk';

export const deleteQuestion = 'Do you want to delete this record?';

type Props = { asked: AskedKey; action: FormAction; back: string; onCancel?: () => void };

/** What "Delete" asks. After OK the report says what is gone. */
export function DeleteKeyForm({ asked, action, back, onCancel }: Props) {
  const [state, submit, pending] = useActionState(action, idle);
  const failed = state.status === 'failed';
  return (
    <>
      <p>
        <code>{asked.hint}</code> of <bdi className="font-semibold">{asked.username}</bdi> leaves
        the report, and its secret is refused from that moment.
      </p>
      {failed ? <Notice look="warn">{state.message}</Notice> : null}
      <div className="flex flex-wrap gap-2">
        {failed ? null : (
          <form action={submit} className="contents">
            <input type="hidden" name="id" value={asked.id} />
            <input type="hidden" name="back" value={back} />
            <Button type="submit" look="danger" pending={pending}>
              OK
            </Button>
          </form>
        )}
        <CancelButton back={back} onCancel={onCancel}>
          {failed ? 'Close' : 'Cancel'}
        </CancelButton>
      </div>
    </>
  );
}
