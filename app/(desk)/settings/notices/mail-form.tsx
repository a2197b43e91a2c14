'use client';

import { useActionState, useId } from 'react';
import { Button } from '@/components/button';
import { controlClass, describedBy, FieldFrame } from '@/components/field';
import { Told } from '@/components/told';
import { type FormAction, fieldError, idle, typedValue } from '@/lib/form-state';

type Props = {
  action: FormAction<string>;
  testAction: FormAction<string>;
  recipients: string[];
};

export function MailForm({ action, testAction, recipients }: Props) {
  const [state, submit, pending] = useActionState(action, idle);
  const [tested, test, testing] = useActionState(testAction, idle);
  const fieldId = useId();
  const formId = useId();
  const error = fieldError(state, 'recipients');
  const hint = 'Who gets notices: mail addresses, one on each line. Empty: nobody.';
  return (
    <div className="grid gap-3 rounded-lg border border-line bg-surface p-4">
      <Told state={state} />
      <Told state={tested} />
      {/* What is saved becomes what the field begins with, for the browser resets it to that. */}
      <form id={formId} key={recipients.join(' ')} action={submit}>
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
      </form>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" form={formId} look="primary" pending={pending}>
          Save
        </Button>
        {recipients.length > 0 ? (
          <form action={test}>
            <Button type="submit" pending={testing}>
              Send a test mail
            </Button>
          </form>
        ) : null}
      </div>
    </div>
  );
}
