'use client';

import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import { useFormAction } from '@/components/posting/use-form-action';
import type { FormAction } from '@/lib/forms/form-state';
import type { AskedKey } from './asked-of';
import { CancelButton } from './cancel-button';
import { KeyImpact } from './key-impact';
import { questionLabels as labels } from './question-labels';
import { type Switched, SwitchedText } from './switched';

type Props = {
  asked: AskedKey;
  action: FormAction<Switched>;
  back: string;
  /** Asked because the form of the key was saved with "No". */
  fromForm?: boolean;
  onCancel?: () => void;
};

/** What switching off a key that is in use asks; any other is switched off without a question. */
export function DeactivateKeyForm({ asked, action, back, fromForm, onCancel }: Props) {
  const posted = useFormAction(action);
  const { state } = posted;
  const over = state.status === 'done' || state.status === 'failed';
  return (
    <>
      {state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
      {state.status === 'done' ? (
        <Notice look="good">
          <SwitchedText switched={state.data} of={posted} />
        </Notice>
      ) : null}
      {over ? null : (
        <>
          {fromForm ? <p>{labels.fromForm}</p> : null}
          <p>
            <code>{asked.hint}</code>
            {labels.of}
            <b>
              <bdi>{asked.username}</bdi>
            </b>
            {labels.isUsed}
          </p>
          <KeyImpact keyId={asked.id} use={asked.use} />
        </>
      )}
      <div className="flex flex-wrap gap-2">
        {over ? null : (
          <ActionForm of={posted} className="contents">
            <input type="hidden" name="id" value={asked.id} />
            <input type="hidden" name="active" value="no" />
            <SubmitButton of={posted} look="destructive">
              {labels.ok}
            </SubmitButton>
          </ActionForm>
        )}
        <CancelButton back={back} onCancel={onCancel} isFirst>
          {over ? labels.close : labels.cancel}
        </CancelButton>
      </div>
    </>
  );
}
