'use client';

import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import { useFormAction } from '@/components/posting/use-form-action';
import type { FormAction } from '@/lib/forms/form-state';

type Props = { action: FormAction; id: string; text: string; describedBy?: string };

/** Brings a deleted key back; what hinders it is said in its place. */
export function RestoreForm({ action, id, text, describedBy }: Props) {
  const posted = useFormAction(action);
  const { state } = posted;
  if (state.status === 'failed') return <Notice look="warn">{state.message}</Notice>;
  return (
    <ActionForm of={posted} className="inline">
      <input type="hidden" name="id" value={id} />
      <SubmitButton of={posted} size="small" aria-describedby={describedBy}>
        {text}
      </SubmitButton>
    </ActionForm>
  );
}
