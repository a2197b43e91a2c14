import { FormMessage } from '@/components/form-message';
import { ActionForm } from '@/components/posting/action-form';
import { FormScope } from '@/components/posting/form-scope';
import { SubmitButton } from '@/components/posting/submit-button';
import { TextAreaField } from '@/components/text-area-field';
import type { FormAction } from '@/lib/forms/form-state';
import { settingsLabels } from '../settings-labels';
import { noticeLabels } from './notice-labels';

type Props = {
  action: FormAction<string>;
  testAction: FormAction<string>;
  recipients: string[];
};

/** The recipients of mail, and a button that sends them a test. */
export function MailForms({ action, testAction, recipients }: Props) {
  return (
    <div className="panel grid max-w-3xl gap-3 p-4">
      <FormScope action={action}>
        <FormMessage />
        {/* What is saved becomes what the field begins with, because the browser resets it to that. */}
        <ActionForm key={recipients.join(' ')} className="grid gap-3">
          <TextAreaField
            label={noticeLabels.recipients}
            name="recipients"
            rows={Math.min(8, Math.max(3, recipients.length + 1))}
            autoCapitalize="none"
            spellCheck={false}
            hint={noticeLabels.recipientsHint}
            defaultValue={recipients.join('\n')}
          />
          <div>
            <SubmitButton look="primary">{settingsLabels.save}</SubmitButton>
          </div>
        </ActionForm>
      </FormScope>
      {recipients.length > 0 ? (
        <FormScope action={testAction}>
          <ActionForm className="grid justify-items-start gap-3">
            <FormMessage />
            <SubmitButton>{noticeLabels.testMail}</SubmitButton>
          </ActionForm>
        </FormScope>
      ) : null}
    </div>
  );
}
