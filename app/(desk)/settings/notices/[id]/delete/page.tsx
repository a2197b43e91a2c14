import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import type { RawParams } from '@/lib/lists/list-params';
import { listWebhooks } from '@/lib/notices/list-webhooks';
import { ProofNotice } from '../../../proof-notice';
import { SettingsPage } from '../../../settings-page';
import { deleteWebhookAction } from '../../actions';
import { webhookLabels } from '../../notice-labels';
import { DeleteWebhookForm } from './delete-webhook-form';

export const metadata: Metadata = { title: webhookLabels.deleteTitle };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<RawParams> };

export default async function DeleteWebhookPage({ params, searchParams }: Props) {
  const administrator = await requireAdministrator('admin');
  const { id } = await params;
  if (!z.uuid().safeParse(id).success) notFound();
  const [webhook] = await listWebhooks(administrator, id);
  const above = `/settings/notices/${id}`;
  return (
    <SettingsPage
      administrator={administrator}
      at="notices"
      title={webhookLabels.question}
      trail={webhook ? [{ text: webhookLabels.title, href: above }] : []}
    >
      <div className="grid max-w-xl justify-items-start gap-4">
        <ProofNotice
          administrator={administrator}
          here={`${above}/delete`}
          params={await searchParams}
        />
        <DeleteWebhookForm action={deleteWebhookAction} id={id} url={webhook?.url ?? null} />
      </div>
    </SettingsPage>
  );
}
