import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { requireReauthenticatedAdministrator } from '@/lib/auth/current-administrator';
import { listWebhooks } from '@/lib/notices/list-webhooks';
import { deleteWebhookAction } from '../../actions';
import { DeleteWebhookForm } from './delete-webhook-form';

export const metadata: Metadata = { title: 'Delete webhook' };

export default async function DeleteWebhookPage({ params }: { params: Promise<{ id: string }> }) {
  const administrator = await requireReauthenticatedAdministrator('admin');
  const { id } = await params;
  if (!z.uuid().safeParse(id).success) notFound();
  const [webhook] = await listWebhooks(administrator, id);
  return (
    <div className="grid max-w-xl justify-items-start gap-4">
      <h1>Do you want to delete this webhook?</h1>
      <DeleteWebhookForm action={deleteWebhookAction} id={id} url={webhook?.url ?? null} />
    </div>
  );
}
