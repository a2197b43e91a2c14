'use client';

import { type ReactNode, useActionState, useEffect, useId, useRef, useState } from 'react';
import { BackButton } from '@/components/back-button';
import { Button } from '@/components/button';
import { TextField } from '@/components/field';
import { Notice } from '@/components/notice';
import { ProgressBar } from '@/components/progress-bar';
import { type FormAction, fieldError, idle, typedValue } from '@/lib/form-state';
import type { BulkChange } from '@/lib/keys/bulk/find-bulk-change';
import { bulkWarning } from './bulk-words';

type Props = {
  action: FormAction<{ left: number; number: string }>;
  bulk: Pick<BulkChange, 'id' | 'verb' | 'total' | 'done'>;
  back: string;
  /** Keys that are in use are to be deleted: then their number is asked for. */
  usedLately: boolean;
  /** Whom it would hurt. */
  children: ReactNode;
};

/**
 * Asks, and then goes on step by step by itself until all is done or somebody says stop. Without
 * JavaScript each step is a press of the button.
 */
export function BulkForm({ action, bulk, back, usedLately, children }: Props) {
  const [state, submit, pending] = useActionState(action, idle);
  // Only a browser that runs scripts can press the button for us.
  const [auto, setAuto] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const goesOn = auto && state.status === 'done' && state.data.left > 0 && !pending;
  useEffect(() => {
    if (goesOn) form.current?.requestSubmit();
  }, [goesOn]);
  const formId = useId();
  const begun = bulk.done > 0 || pending;
  const far = `${bulk.done.toLocaleString('en')} of ${bulk.total.toLocaleString('en')}`;
  const running = pending || goesOn;
  const error = fieldError(state, 'number');
  const typed = state.status === 'done' ? state.data.number : typedValue(state, 'number');
  // Agreed to once is agreed to for the steps that follow.
  const asksNumber = state.status !== 'done' && (usedLately || error !== undefined);
  return (
    <>
      {begun ? (
        <ProgressBar text={`${far} keys are done.`} value={bulk.done} max={bulk.total} />
      ) : (
        <>
          <p>{bulkWarning[bulk.verb]}</p>
          {children}
        </>
      )}
      {state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
      <form
        id={formId}
        ref={form}
        action={submit}
        onSubmit={() => setAuto(true)}
        className="max-w-xl"
      >
        <input type="hidden" name="id" value={bulk.id} />
        {asksNumber ? (
          <TextField
            label="Number of keys"
            name="number"
            inputMode="numeric"
            autoComplete="off"
            hint={`Some were used in the last 24 hours. Type ${bulk.total.toLocaleString('en')} to delete them nevertheless.`}
            defaultValue={typed}
            error={error}
          />
        ) : (
          <input type="hidden" name="number" value={typed} />
        )}
      </form>
      <div className="flex flex-wrap gap-2">
        <Button
          type="submit"
          form={formId}
          look={bulk.verb === 'delete' ? 'danger' : 'primary'}
          pending={running}
        >
          {begun ? 'Continue' : 'OK'}
        </Button>
        {running ? (
          <Button onClick={() => setAuto(false)} disabled={!auto}>
            Stop
          </Button>
        ) : (
          <BackButton to={back}>{begun ? 'Leave the rest' : 'Cancel'}</BackButton>
        )}
      </div>
    </>
  );
}
