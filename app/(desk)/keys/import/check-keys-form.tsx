'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useId, useState, useTransition } from 'react';
import { BackButton } from '@/components/back-button';
import { Button } from '@/components/button';
import { CsvFileField } from '@/components/csv-file-field';
import { FormMessage } from '@/components/form-message';
import { importLabels } from '@/components/import-labels';
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
  const router = useRouter();
  const [refusal, setRefusal] = useState<string>();
  const [problem, setProblem] = useState<SendProblem>();
  const [share, setShare] = useState<number>();
  const [opening, startOpening] = useTransition();
  const formId = useId();
  const error = refusal ?? fieldError(posted.state, 'file');
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
      <FormMessage of={posted} />
      <ActionForm of={posted} id={formId} onSubmit={send} className="grid gap-4 panel p-4">
        <CsvFileField error={error} />
      </ActionForm>
      {share === undefined ? null : <SendProgress share={share} />}
      <div className="flex flex-wrap gap-2">
        {problem ? <SendNotice problem={problem} /> : null}
        <Button type="submit" form={formId} look="primary" pending={pending}>
          {importLabels.check}
        </Button>
        <BackButton to={back}>{importLabels.cancel}</BackButton>
      </div>
    </>
  );
}

function SendProgress({ share }: { share: number }) {
  const sending = share < 1;
  return (
    <ProgressBar
      text={sending ? importLabels.sending(Math.floor(share * 100)) : importLabels.checking}
      value={sending ? share : undefined}
      max={1}
    />
  );
}
