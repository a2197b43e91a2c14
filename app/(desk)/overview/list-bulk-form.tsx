'use client';

import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import { useFormAction } from '@/components/posting/use-form-action';
import type { FormAction } from '@/lib/forms/form-state';
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
  const posted = useFormAction(action);
  const { state } = posted;
  return (
    <ActionForm of={posted} className="grid gap-2">
      {state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
      <input type="hidden" name="list" value={list} />
      <input type="hidden" name="verb" value={verb} />
      <SubmitButton
        of={posted}
        size="small"
        look={verb === 'delete' ? 'danger' : 'secondary'}
        aria-describedby={describedBy}
      >
        {text}
      </SubmitButton>
    </ActionForm>
  );
}
