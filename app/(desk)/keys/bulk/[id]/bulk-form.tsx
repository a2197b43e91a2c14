'use client';

import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { BackButton } from '@/components/back-button';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import { useFormAction } from '@/components/posting/use-form-action';
import { ProgressBar } from '@/components/progress-bar';
import { TextField } from '@/components/text-field';
import { type FormAction, fieldError, typedValue } from '@/lib/forms/form-state';
import type { BulkChange } from '@/lib/keys/bulk/find-bulk-change';
import { bulkWarning, bulkLabels as labels } from './bulk-labels';

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
  const posted = useFormAction(action);
  const { state, pending, problem } = posted;
  // Only a browser that runs scripts can press the button for us.
  const [auto, setAuto] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const goesOn = auto && state.status === 'done' && state.data.left > 0 && !pending && !problem;
  useEffect(() => {
    if (goesOn) form.current?.requestSubmit();
  }, [goesOn]);
  const formId = useId();
  const begun = bulk.done > 0 || pending;
  const running = pending || goesOn;
  const error = fieldError(state, 'number');
  const typed = state.status === 'done' ? state.data.number : typedValue(state, 'number');
  // Agreed to once is agreed to for the steps that follow.
  const asksNumber = state.status !== 'done' && (usedLately || error !== undefined);
  return (
    <>
      {begun ? (
        <ProgressBar text={labels.done(bulk.done, bulk.total)} value={bulk.done} max={bulk.total} />
      ) : (
        <>
          <p>{bulkWarning[bulk.verb]}</p>
          {children}
        </>
      )}
      {state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
      <ActionForm
        of={posted}
        id={formId}
        ref={form}
        onSubmit={() => setAuto(true)}
        className="max-w-xl"
      >
        <input type="hidden" name="id" value={bulk.id} />
        <input type="hidden" name="back" value={back} />
        {asksNumber ? (
          <TextField
            label={labels.number}
            name="number"
            inputMode="numeric"
            autoComplete="off"
            hint={labels.numberHint(bulk.total)}
            defaultValue={typed}
            error={error}
          />
        ) : (
          <input type="hidden" name="number" value={typed} />
        )}
      </ActionForm>
      <div className="flex flex-wrap gap-2">
        <SubmitButton
          of={posted}
          form={formId}
          look={bulk.verb === 'delete' ? 'destructive' : 'primary'}
          pending={running}
        >
          {begun ? labels.goOn : labels.ok}
        </SubmitButton>
        {running ? (
          <Button onClick={() => setAuto(false)} disabled={!auto}>
            {labels.stop}
          </Button>
        ) : (
          <BackButton to={back}>{begun ? labels.leave : labels.cancel}</BackButton>
        )}
      </div>
    </>
  );
}
