import { BackButton } from '@/components/back-button';
import { FormMessage } from '@/components/form-message';
import { Notice } from '@/components/notice';
import { Phrase } from '@/components/phrase';
import { ActionForm } from '@/components/posting/action-form';
import { FormScope } from '@/components/posting/form-scope';
import { SubmitButton } from '@/components/posting/submit-button';
import { UntilDone, WhenDone } from '@/components/posting/when-done';
import type { FormAction } from '@/lib/forms/form-state';
import { settingsLabels } from '../../../settings-labels';
import { noticeMessages, webhookLabels } from '../../notice-labels';

type Props = {
  action: FormAction<string>;
  id: string;
  /** Null where it is gone. */
  url: string | null;
};

/** What "Delete" asks of a webhook, and what is lost with it. */
export function DeleteWebhookForm({ action, id, url }: Props) {
  return (
    <FormScope action={action}>
      <FormMessage />
      <UntilDone>{url === null ? <Gone /> : <Question id={id} url={url} />}</UntilDone>
      <WhenDone>
        <Close />
      </WhenDone>
    </FormScope>
  );
}

function Question({ id, url }: { id: string; url: string }) {
  return (
    <>
      <p>
        <Phrase text={webhookLabels.consequence}>
          <bdi className="font-semibold wrap-anywhere">{url}</bdi>
        </Phrase>
      </p>
      <ActionForm id="delete-webhook" className="contents">
        <input type="hidden" name="id" value={id} />
      </ActionForm>
      <div className="flex flex-wrap gap-2">
        <SubmitButton form="delete-webhook" look="danger">
          {webhookLabels.ok}
        </SubmitButton>
        <BackButton to={`/settings/notices/${id}`}>{settingsLabels.cancel}</BackButton>
      </div>
    </>
  );
}

const Gone = () => (
  <>
    <Notice look="warn">{noticeMessages.wasDeleted}</Notice>
    <Close />
  </>
);

const Close = () => <BackButton to="/settings/notices">{webhookLabels.close}</BackButton>;
