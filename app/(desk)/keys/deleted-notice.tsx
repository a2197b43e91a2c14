'use client';

import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import { useFormAction } from '@/components/posting/use-form-action';
import type { FormAction } from '@/lib/forms/form-state';

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
  const posted = useFormAction(action);
  const { state } = posted;
  const failed = state.status === 'failed';
  return (
    <>
      {text ? (
        <Notice look="good">
          {text}{' '}
          {mayUndo && !failed ? (
            <ActionForm of={posted} className="inline">
              <input type="hidden" name="id" value={id} />
              <input type="hidden" name="undo" value="yes" />
              <input type="hidden" name="back" value={back} />
              <SubmitButton of={posted} size="small">
                Undo
              </SubmitButton>
            </ActionForm>
          ) : null}
        </Notice>
      ) : null}
      {failed ? <Notice look="warn">{state.message}</Notice> : null}
    </>
  );
}
