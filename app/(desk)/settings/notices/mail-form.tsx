'use client';

import { useId } from 'react';
import { controlClass, describedBy, FieldFrame } from '@/components/field';
import { FormMessage } from '@/components/form-message';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import { useFormAction } from '@/components/posting/use-form-action';
import { type FormAction, fieldError, typedValue } from '@/lib/forms/form-state';

type Props = {
  action: FormAction<string>;
  testAction: FormAction<string>;
  recipients: string[];
};

export function MailForm({ action, testAction, recipients }: Props) {
  const saved = useFormAction(action);
  const test = useFormAction(testAction);
  const { state } = saved;
  const fieldId = useId();
  const formId = useId();
  const error = fieldError(state, 'recipients');
  const hint = 'Who gets notices: mail addresses, one on each line. Empty: nobody.';
  return (
    <div className="grid gap-3 panel p-4">
      <FormMessage of={saved} />
      <FormMessage of={test} />
      {/* What is saved becomes what the field begins with, for the browser resets it to that. */}
      <ActionForm of={saved} id={formId} key={recipients.join(' ')}>
        <FieldFrame id={fieldId} label="Recipients" hint={hint} error={error}>
          <textarea
            id={fieldId}
            name="recipients"
            rows={Math.min(8, Math.max(3, recipients.length + 1))}
            autoCapitalize="none"
            spellCheck={false}
            defaultValue={typedValue(state, 'recipients', recipients.join('\n'))}
            className={`${controlClass} py-2`}
            {...describedBy(fieldId, error, hint)}
          />
        </FieldFrame>
      </ActionForm>
      <div className="flex flex-wrap gap-2">
        <SubmitButton of={saved} form={formId} look="primary">
          Save
        </SubmitButton>
        {recipients.length > 0 ? (
          <ActionForm of={test}>
            <SubmitButton of={test}>Send a test mail</SubmitButton>
          </ActionForm>
        ) : null}
      </div>
    </div>
  );
}
