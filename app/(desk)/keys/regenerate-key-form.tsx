'use client';

import { type ReactNode, useEffect, useId } from 'react';
import { FormMessage } from '@/components/form-message';
import { Phrase } from '@/components/phrase';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import { useFormAction } from '@/components/posting/use-form-action';
import type { FormAction } from '@/lib/forms/form-state';
import type { AskedKey } from './asked-of';
import { CancelButton } from './cancel-button';
import type { IssuedSecret } from './issued-secret';
import { KeyImpact } from './key-impact';
import { regenerateLabels } from './regenerate-labels';
import { RevealedKey } from './revealed-key';

type Props = {
  asked: AskedKey;
  action: FormAction<IssuedSecret>;
  back: string;
  /** Choices about both secrets: `RegenerateFields`. */
  fields: ReactNode;
  /** In a dialog: closes it. On a page of its own there is nothing to close. */
  onCancel?: () => void;
  onIssued?: () => void;
};

/** What "Edit" asks, and the new secret once it was answered with OK. */
export function RegenerateKeyForm({ asked, action, back, fields, onCancel, onIssued }: Props) {
  const posted = useFormAction(action);
  const { state } = posted;
  const formId = useId();
  const issued = state.status === 'done';
  useEffect(() => {
    if (issued) onIssued?.();
  }, [issued, onIssued]);
  if (state.status === 'done') {
    return <RevealedKey issued={state.data} back={back} onDone={onCancel} />;
  }
  const failed = state.status === 'failed';
  return (
    <>
      <p className="wrap-anywhere">
        <Phrase text={regenerateLabels.getsNew}>
          <code>{asked.hint}</code> {regenerateLabels.of}{' '}
          <bdi className="font-semibold">{asked.username}</bdi>
        </Phrase>
      </p>
      <FormMessage of={posted} />
      {failed ? null : (
        <ActionForm of={posted} id={formId} className="grid gap-3">
          <KeyImpact keyId={asked.id} use={asked.use} />
          <input type="hidden" name="id" value={asked.id} />
          <input type="hidden" name="version" value={asked.version} />
          {fields}
        </ActionForm>
      )}
      <div className="flex flex-wrap gap-2">
        {failed ? null : (
          <SubmitButton of={posted} form={formId} look="primary">
            {regenerateLabels.ok}
          </SubmitButton>
        )}
        <CancelButton back={back} onCancel={onCancel}>
          {failed ? regenerateLabels.close : regenerateLabels.cancel}
        </CancelButton>
      </div>
    </>
  );
}
