'use client';

import { useId, useState } from 'react';
import { BackButton } from '@/components/back-button';
import { CsvFileField } from '@/components/csv-file-field';
import { FormMessage } from '@/components/form-message';
import { importLabels } from '@/components/import-labels';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import { useFormAction } from '@/components/posting/use-form-action';
import { type FormAction, fieldError } from '@/lib/forms/form-state';
import { importUsersLabels as labels } from './import-users-labels';

/** What the server refuses, said before a byte is sent. */
const mostBytes = 1_000_000;

/** In milliseconds, over a line of 20 KB a second. */
const timeToSend = (form: FormData) => {
  const file = form.get('file');
  return file instanceof File ? file.size / 20 : 0;
};

export function CheckForm({ action, back }: { action: FormAction; back: string }) {
  const posted = useFormAction(action, { longer: timeToSend });
  const { state } = posted;
  const [tooLarge, setTooLarge] = useState(false);
  const formId = useId();
  const error = tooLarge ? labels.tooLarge : fieldError(state, 'file');
  return (
    <>
      <FormMessage of={posted} />
      <ActionForm of={posted} id={formId} className="panel grid gap-4 p-4">
        <CsvFileField
          error={error}
          onChange={(event) => setTooLarge((event.target.files?.[0]?.size ?? 0) > mostBytes)}
        />
      </ActionForm>
      <div className="flex flex-wrap gap-2">
        <SubmitButton of={posted} form={formId} look="primary" disabled={tooLarge}>
          {importLabels.check}
        </SubmitButton>
        <BackButton to={back}>{importLabels.cancel}</BackButton>
      </div>
    </>
  );
}
