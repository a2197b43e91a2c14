import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { Fact, Facts } from '@/components/fact';
import { Moment } from '@/components/moment';
import { Phrase } from '@/components/phrase';
import { TitledSection } from '@/components/titled-section';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import type { RawParams } from '@/lib/lists/list-params';
import { type ListedWebhook, listDeliveries, listWebhooks } from '@/lib/notices/list-webhooks';
import { ProofNotice } from '../../proof-notice';
import { SettingsPage } from '../../settings-page';
import {
  chooseTypesAction,
  renewWebhookSecretAction,
  switchWebhookAction,
  testWebhookAction,
} from '../actions';
import { DeliveryTable } from '../delivery-table';
import { noticeLabels, typeLabels, webhookLabels } from '../notice-labels';
import { WebhookBadge } from '../webhook-badge';
import { TypesForm } from './types-form';
import { WebhookForms } from './webhook-forms';

export const metadata: Metadata = { title: webhookLabels.title };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<RawParams> };

export default async function WebhookPage({ params, searchParams }: Props) {
  const administrator = await requireAdministrator('admin');
  const { id } = await params;
  if (!z.uuid().safeParse(id).success) notFound();
  const [webhook] = await listWebhooks(administrator, id);
  if (!webhook) notFound();
  const deliveries = await listDeliveries(administrator, id);
  return (
    <SettingsPage administrator={administrator} at="notices" title={webhookLabels.title}>
      <div className="grid max-w-2xl gap-4">
        <ProofNotice
          administrator={administrator}
          here={`/settings/notices/${id}`}
          params={await searchParams}
        />
        <WebhookFacts webhook={webhook} />
        <WebhookForms
          id={id}
          active={webhook.active}
          testAction={testWebhookAction}
          switchAction={switchWebhookAction}
          renewAction={renewWebhookSecretAction}
        />
      </div>
      <TitledSection id="types" title={typeLabels.title}>
        <div className="max-w-2xl">
          <TypesForm id={id} types={webhook.types} action={chooseTypesAction} />
        </div>
      </TitledSection>
      <TitledSection id="deliveries" title={noticeLabels.deliveries}>
        <DeliveryTable deliveries={deliveries} />
      </TitledSection>
    </SettingsPage>
  );
}

function WebhookFacts({ webhook }: { webhook: ListedWebhook }) {
  const { url, isWhole, createdAt, formerUntil } = webhook;
  return (
    <Facts>
      <Fact term={noticeLabels.url}>
        <bdi>{url}</bdi>
        {isWhole ? null : <p className="text-muted">{noticeLabels.masked}</p>}
      </Fact>
      <Fact term={noticeLabels.status}>
        <WebhookBadge webhook={webhook} />
      </Fact>
      <Fact term={webhookLabels.added}>
        <Moment at={createdAt} />
      </Fact>
      {formerUntil ? (
        <Fact term={webhookLabels.oldSecret}>
          <Phrase text={webhookLabels.oldSecretUntil}>
            <Moment at={formerUntil} />
          </Phrase>
        </Fact>
      ) : null}
    </Facts>
  );
}
