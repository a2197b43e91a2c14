'use client';

import { useActionState, useEffect, useRef, useState } from 'react';
import { BackButton } from '@/components/back-button';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { ProgressBar } from '@/components/progress-bar';
import { type FormAction, idle } from '@/lib/form-state';
import type { BulkChange } from '@/lib/keys/bulk/find-bulk-change';
import { bulkWarning } from './bulk-words';

type Props = {
  action: FormAction<{ left: number }>;
  bulk: Pick<BulkChange, 'id' | 'verb' | 'total' | 'done'>;
  back: string;
};

/**
 * Asks, and then goes on step by step by itself until all is done or somebody says stop. Without
 * JavaScript each step is a press of the button.
 */
export function BulkForm({ action, bulk, back }: Props) {
  const [state, submit, pending] = useActionState(action, idle);
  // Only a browser that runs scripts can press the button for us.
  const [auto, setAuto] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const goesOn = auto && state.status === 'done' && state.data.left > 0 && !pending;
  useEffect(() => {
    if (goesOn) form.current?.requestSubmit();
  }, [goesOn]);
  const begun = bulk.done > 0 || pending;
  const far = `${bulk.done.toLocaleString('en')} of ${bulk.total.toLocaleString('en')}`;
  const running = pending || goesOn;
  return (
    <>
      {begun ? (
        <ProgressBar text={`${far} keys are done.`} value={bulk.done} max={bulk.total} />
      ) : (
        <p>{bulkWarning[bulk.verb]}</p>
      )}
      {state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
      <div className="flex flex-wrap gap-2">
        <form ref={form} action={submit} onSubmit={() => setAuto(true)} className="contents">
          <input type="hidden" name="id" value={bulk.id} />
          <Button
            type="submit"
            look={bulk.verb === 'delete' ? 'danger' : 'primary'}
            pending={running}
          >
            {begun ? 'Continue' : 'OK'}
          </Button>
        </form>
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
