import { FormMessage } from '@/components/form-message';
import { ActionForm } from '@/components/posting/action-form';
import { FormScope } from '@/components/posting/form-scope';
import { SubmissionId } from '@/components/posting/submission-id';
import { SubmitButton } from '@/components/posting/submit-button';
import { UntilDone } from '@/components/posting/when-done';
import { type Shown, ShownOnce } from '@/components/shown-once';
import { TextField } from '@/components/text-field';
import type { FormAction } from '@/lib/forms/form-state';
import { noticeTypeNames } from '@/lib/notices/chosen-types';
import { noticeLabels, typeLabels, webhookLabels } from './notice-labels';
import { TypeFields } from './type-fields';

type Props = {
  action: FormAction<Shown>;
  /** Of the webhook to be made: a repeated POST finds it and makes no second. */
  id: string;
};

export function AddWebhookForm({ action, id }: Props) {
  return (
    <FormScope action={action}>
      <div className="panel max-w-3xl p-4">
        <ShownOnce label={webhookLabels.signingSecret} onward={webhookLabels.copied} />
        <UntilDone>
          <ActionForm className="grid gap-3">
            <FormMessage />
            <SubmissionId name="id" value={id} />
            <TextField
              label={noticeLabels.url}
              name="url"
              type="url"
              inputMode="url"
              autoComplete="off"
              hint={noticeLabels.urlHint}
            />
            <details>
              <summary className="min-h-8 font-medium text-accent">{typeLabels.summary}</summary>
              <div className="pt-2">
                <TypeFields chosen={noticeTypeNames} />
              </div>
            </details>
            <div>
              <SubmitButton look="primary">{noticeLabels.addWebhook}</SubmitButton>
            </div>
          </ActionForm>
        </UntilDone>
      </div>
    </FormScope>
  );
}
