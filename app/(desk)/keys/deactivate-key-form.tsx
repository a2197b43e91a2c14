'use client';

import { useActionState } from 'react';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { type FormAction, idle } from '@/lib/form-state';
import { CancelButton } from './cancel-button';
import type { AskedKey } from './key-desk';
import { KeyImpact } from './key-impact';
import { type Switched, SwitchedText } from './switched';

export const deactivateQuestion = 'Do you want to switch off this key?';

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
  const [state, submit, pending] = useActionState(action, idle);
  const over = state.status === 'done' || state.status === 'failed';
  return (
    <>
      {state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
      {state.status === 'done' ? (
        <Notice look="good">
          <SwitchedText switched={state.data} action={submit} pending={pending} />
        </Notice>
      ) : null}
      {over ? null : (
        <>
          {fromForm ? (
            <p>The key stays on until you say OK. What else its form changed is saved.</p>
          ) : null}
          <p>
            <code>{asked.hint}</code> of <bdi className="font-semibold">{asked.username}</bdi> is in
            use. Whoever calls with it is refused until it is switched on again.
          </p>
          <KeyImpact keyId={asked.id} use={asked.use} />
        </>
      )}
      <div className="flex flex-wrap gap-2">
        {over ? null : (
          <form action={submit} className="contents">
            <input type="hidden" name="id" value={asked.id} />
            <input type="hidden" name="active" value="no" />
            <Button type="submit" look="danger" pending={pending}>
              OK
            </Button>
          </form>
        )}
        <CancelButton back={back} onCancel={onCancel}>
          {over ? 'Close' : 'Cancel'}
        </CancelButton>
      </div>
    </>
  );
}
