'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useId, useState, useTransition } from 'react';
import { BackButton } from '@/components/back-button';
import { Button } from '@/components/button';
import { CsvFileField } from '@/components/csv-file-field';
import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { SendNotice } from '@/components/posting/send-notice';
import type { SendProblem } from '@/components/posting/send-problem';
import { useFormAction } from '@/components/posting/use-form-action';
import { ProgressBar } from '@/components/progress-bar';
import { type FormAction, fieldError } from '@/lib/forms/form-state';
import { sendFile } from './send-file';

/**
 * With JavaScript the file goes to its own address, which takes any length and tells how far it has
 * come; without, the form posts it to the action.
 */
export function CheckKeysForm({ action, back }: { action: FormAction; back: string }) {
  const posted = useFormAction(action);
  const { state } = posted;
  const router = useRouter();
  const [refusal, setRefusal] = useState<string>();
  const [problem, setProblem] = useState<SendProblem>();
  const [share, setShare] = useState<number>();
  const [opening, startOpening] = useTransition();
  const formId = useId();
  const error = refusal ?? fieldError(state, 'file');
  const pending = share !== undefined || opening;

  async function send(event: FormEvent<HTMLFormElement>) {
    const file = new FormData(event.currentTarget).get('file');
    if (!(file instanceof File) || file.size === 0) return;
    event.preventDefault();
    setRefusal(undefined);
    setProblem(undefined);
    setShare(0);
    const sent = await sendFile(file, setShare);
    setShare(undefined);
    if ('refusal' in sent) return setRefusal(sent.refusal);
    if ('problem' in sent) return setProblem(sent.problem);
    startOpening(() => router.push(sent.path));
  }

  return (
    <>
      {state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
      <ActionForm of={posted} id={formId} onSubmit={send} className="grid gap-4 panel p-4">
        <CsvFileField error={error} />
      </ActionForm>
      {share === undefined ? null : <SendProgress share={share} />}
      <div className="flex flex-wrap gap-2">
        {problem ? <SendNotice problem={problem} /> : null}
        <Button type="submit" form={formId} look="primary" pending={pending}>
          Check
        </Button>
        <BackButton to={back}>Cancel</BackButton>
      </div>
    </>
  );
}

function SendProgress({ share }: { share: number }) {
  const sending = share < 1;
  return (
    <ProgressBar
      text={sending ? `Sending: ${Math.floor(share * 100)} %` : 'Sent. Checking the lines…'}
      value={sending ? share : undefined}
      max={1}
    />
  );
}
