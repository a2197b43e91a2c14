'use client';

import { useEffect, useId } from 'react';
import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import { useFormAction } from '@/components/posting/use-form-action';
import { type FormAction, typedValue } from '@/lib/forms/form-state';
import type { AskedKey } from './asked-of';
import { CancelButton } from './cancel-button';
import type { IssuedSecret } from './issued-secret';
import { KeyImpact } from './key-impact';
import { OverlapField } from './overlap-field';
import { RevealedKey } from './revealed-key';

export const regenerateQuestion = 'Are you sure you want to change this api key?';

type Props = {
  asked: AskedKey;
  action: FormAction<IssuedSecret>;
  back: string;
  /** In a dialog: closes it. On a page of its own there is nothing to close. */
  onCancel?: () => void;
  onIssued?: () => void;
};

/** What "Edit" asks, and the new secret once it was answered with OK. */
export function RegenerateKeyForm({ asked, action, back, onCancel, onIssued }: Props) {
  const posted = useFormAction(action);
  const { state } = posted;
  const formId = useId();
  const issued = state.status === 'done';
  useEffect(() => {
    if (issued) onIssued?.();
  }, [issued, onIssued]);
  if (state.status === 'done') {
    return <RevealedKey issued={state.data} doneTo={back} onDone={onCancel} />;
  }
  return (
    <>
      <p>
        <code>{asked.hint}</code> of <bdi className="font-semibold">{asked.username}</bdi> gets a
        new secret. Whoever still uses the old one is refused from when it stops.
      </p>
      {state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
      {state.status === 'failed' ? null : (
        <ActionForm of={posted} id={formId} className="grid gap-3">
          <KeyImpact keyId={asked.id} use={asked.use} />
          <input type="hidden" name="id" value={asked.id} />
          <input type="hidden" name="version" value={asked.version} />
          <OverlapField defaultValue={typedValue(state, 'stops', 'now')} />
        </ActionForm>
      )}
      <div className="flex flex-wrap gap-2">
        {state.status === 'failed' ? null : (
          <SubmitButton of={posted} form={formId} look="primary">
            OK
          </SubmitButton>
        )}
        <CancelButton back={back} onCancel={onCancel}>
          {state.status === 'failed' ? 'Close' : 'Cancel'}
        </CancelButton>
      </div>
    </>
  );
}
