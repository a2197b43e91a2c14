import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { TitledSection } from '@/components/titled-section';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import type { RawParams } from '@/lib/lists/list-params';
import { listDeliveries, listWebhooks } from '@/lib/notices/list-webhooks';
import { listRecipients } from '@/lib/notices/recipients';
import { isMailOn } from '@/lib/settings/is-mail-on';
import { ProofNotice } from '../proof-notice';
import { settingsPages } from '../settings-labels';
import { SettingsPage } from '../settings-page';
import { addWebhookAction, setRecipientsAction, testMailAction } from './actions';
import { AddWebhookForm } from './add-webhook-form';
import { DeliveryTable } from './delivery-table';
import { MailForms } from './mail-forms';
import { noticeLabels } from './notice-labels';
import { WebhookTable } from './webhook-table';

export const metadata: Metadata = { title: settingsPages.notices };

type Props = { searchParams: Promise<RawParams> };

export default async function NoticesPage({ searchParams }: Props) {
  const administrator = await requireAdministrator('admin');
  const [webhooks, recipients, deliveries] = await Promise.all([
    listWebhooks(administrator),
    listRecipients(administrator),
    listDeliveries(administrator),
  ]);
  return (
    <SettingsPage administrator={administrator} at="notices">
      <p className="max-w-3xl text-muted">{noticeLabels.intro}</p>
      <ProofNotice
        administrator={administrator}
        here="/settings/notices"
        params={await searchParams}
      />
      <TitledSection id="webhooks" title={noticeLabels.webhooks}>
        <WebhookTable webhooks={webhooks} />
        <AddWebhookForm action={addWebhookAction} id={randomUUID()} />
      </TitledSection>
      <TitledSection id="mail" title={noticeLabels.mail}>
        {isMailOn() ? (
          <MailForms
            action={setRecipientsAction}
            testAction={testMailAction}
            recipients={recipients}
          />
        ) : (
          <p className="panel max-w-3xl p-4 text-muted">{noticeLabels.mailOff}</p>
        )}
      </TitledSection>
      <TitledSection id="deliveries" title={noticeLabels.deliveries}>
        <DeliveryTable deliveries={deliveries} />
      </TitledSection>
    </SettingsPage>
  );
}
