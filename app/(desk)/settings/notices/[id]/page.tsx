import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { BackButton } from '@/components/back-button';
import { Fact, Facts } from '@/components/fact';
import { Moment } from '@/components/moment';
import { TitledSection } from '@/components/titled-section';
import { requireReauthenticatedAdministrator } from '@/lib/auth/current-administrator';
import { listDeliveries, listWebhooks } from '@/lib/notices/list-webhooks';
import { renewWebhookSecretAction, switchWebhookAction, testWebhookAction } from '../actions';
import { DeliveryTable } from '../delivery-table';
import { WebhookBadge } from '../webhook-badge';
import { WebhookForms } from './webhook-forms';

export const metadata: Metadata = { title: 'Webhook' };

export default async function WebhookPage({ params }: { params: Promise<{ id: string }> }) {
  const administrator = await requireReauthenticatedAdministrator('admin');
  const { id } = await params;
  if (!z.uuid().safeParse(id).success) notFound();
  const [webhook] = await listWebhooks(administrator, id);
  if (!webhook) notFound();
  const deliveries = await listDeliveries(administrator, id);
  return (
    <>
      <div className="grid max-w-xl gap-4">
        <h1>Webhook</h1>
        <Facts>
          <Fact term="URL">
            <bdi>{webhook.url}</bdi>
          </Fact>
          <Fact term="Status">
            <WebhookBadge webhook={webhook} />
          </Fact>
          <Fact term="Added">
            <Moment at={webhook.createdAt} />
          </Fact>
          {webhook.formerUntil ? (
            <Fact term="Old secret">
              signs as well until <Moment at={webhook.formerUntil} />
            </Fact>
          ) : null}
        </Facts>
        <WebhookForms
          id={id}
          active={webhook.active}
          testAction={testWebhookAction}
          switchAction={switchWebhookAction}
          renewAction={renewWebhookSecretAction}
        />
      </div>
      <TitledSection id="deliveries" title="Latest deliveries">
        <DeliveryTable deliveries={deliveries} />
      </TitledSection>
      <div>
        <BackButton to="/settings/notices">Back to Notices</BackButton>
      </div>
    </>
  );
}
