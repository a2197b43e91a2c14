'use client';

import { useActionState, useId, useState } from 'react';
import { BackButton } from '@/components/back-button';
import { Button } from '@/components/button';
import { CsvFileField } from '@/components/csv-file-field';
import { Notice } from '@/components/notice';
import { type FormAction, fieldError, idle } from '@/lib/form-state';

/** What the server refuses, said before a byte is sent. */
const mostBytes = 1_000_000;

export function CheckForm({ action, back }: { action: FormAction; back: string }) {
  const [state, submit, pending] = useActionState(action, idle);
  const [tooLarge, setTooLarge] = useState(false);
  const formId = useId();
  const error = tooLarge ? 'The file is larger than 1 MB.' : fieldError(state, 'file');
  return (
    <>
      {state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
      <form
        id={formId}
        action={submit}
        className="grid gap-4 rounded-lg border border-line bg-surface p-4"
      >
        <CsvFileField
          error={error}
          onChange={(event) => setTooLarge((event.target.files?.[0]?.size ?? 0) > mostBytes)}
        />
      </form>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" form={formId} look="primary" pending={pending} disabled={tooLarge}>
          Check
        </Button>
        <BackButton to={back}>Cancel</BackButton>
      </div>
    </>
  );
}
