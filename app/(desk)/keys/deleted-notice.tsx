'use client';

import { useActionState } from 'react';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { type FormAction, idle } from '@/lib/form-state';

type Props = {
  action: FormAction;
  id: string;
  /** The list where it was deleted. */
  back: string;
  /** What became of the key; null where it is not deleted any more. */
  text: string | null;
  mayUndo: boolean;
};

/**
 * Says what was deleted, with "Undo" while that is possible. It is there for as long as the address
 * names the key: without JavaScript the answer to "Undo" comes with a page that offers it no more.
 */
export function DeletedNotice({ action, id, back, text, mayUndo }: Props) {
  const [state, submit, pending] = useActionState(action, idle);
  const failed = state.status === 'failed';
  return (
    <>
      {text ? (
        <Notice look="good">
          {text}{' '}
          {mayUndo && !failed ? (
            <form action={submit} className="inline">
              <input type="hidden" name="id" value={id} />
              <input type="hidden" name="undo" value="yes" />
              <input type="hidden" name="back" value={back} />
              <Button type="submit" size="small" pending={pending}>
                Undo
              </Button>
            </form>
          ) : null}
        </Notice>
      ) : null}
      {failed ? <Notice look="warn">{state.message}</Notice> : null}
    </>
  );
}
