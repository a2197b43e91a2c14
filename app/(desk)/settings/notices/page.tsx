import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { BackButton } from '@/components/back-button';
import { TitledSection } from '@/components/titled-section';
import { requireReauthenticatedAdministrator } from '@/lib/auth/current-administrator';
import { listDeliveries, listWebhooks } from '@/lib/notices/list-webhooks';
import { listRecipients } from '@/lib/notices/recipients';
import { isMailOn } from '@/lib/notices/write-message';
import { addWebhookAction, setRecipientsAction, testMailAction } from './actions';
import { AddWebhookForm } from './add-webhook-form';
import { DeliveryTable } from './delivery-table';
import { MailForm } from './mail-form';
import { WebhookTable } from './webhook-table';

export const metadata: Metadata = { title: 'Notices' };

export default async function NoticesPage() {
  const administrator = await requireReauthenticatedAdministrator('admin');
  const [webhooks, recipients, deliveries] = await Promise.all([
    listWebhooks(administrator),
    listRecipients(administrator),
    listDeliveries(administrator),
  ]);
  return (
    <>
      <h1>Notices</h1>
      <p className="max-w-3xl text-muted">
        Of keys that expire in 30, 7 and 1 days, and of deleted keys and replaced secrets that are
        still in use. A notice names the key and its user, and never holds a key.
      </p>
      <TitledSection id="webhooks" title="Webhooks">
        <WebhookTable webhooks={webhooks} />
        <AddWebhookForm action={addWebhookAction} id={randomUUID()} />
      </TitledSection>
      <TitledSection id="mail" title="E-mail">
        {isMailOn() ? (
          <MailForm
            action={setRecipientsAction}
            testAction={testMailAction}
            recipients={recipients}
          />
        ) : (
          <p className="panel p-4 text-muted">
            Keydesk sends no mail: whoever runs it has set neither <code>SMTP_URL</code> nor{' '}
            <code>SMTP_FROM</code>.
          </p>
        )}
      </TitledSection>
      <TitledSection id="deliveries" title="Latest deliveries">
        <DeliveryTable deliveries={deliveries} />
      </TitledSection>
      <div>
        <BackButton to="/settings">Back to Settings</BackButton>
      </div>
    </>
  );
}
