import Link from 'next/link';
import { buttonClass } from '@/components/button';
import { Moment } from '@/components/moment';
import type { ListedWebhook } from '@/lib/notices/list-webhooks';
import { DeliveryBadge } from './delivery-badge';
import { WebhookBadge } from './webhook-badge';

export function WebhookTable({ webhooks }: { webhooks: ListedWebhook[] }) {
  if (webhooks.length === 0) return null;
  return (
    <div className="panel">
      <table className="report">
        <thead>
          <tr>
            <th scope="col">URL</th>
            <th scope="col">Status</th>
            <th scope="col">Last delivery</th>
            <th scope="col">Change</th>
          </tr>
        </thead>
        <tbody>
          {webhooks.map((webhook) => (
            <WebhookRow key={webhook.id} webhook={webhook} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function WebhookRow({ webhook }: { webhook: ListedWebhook }) {
  const { id, url, lastTriedAt, lastState } = webhook;
  return (
    <tr>
      <th scope="row" data-label="URL" className="font-medium wrap-anywhere">
        <bdi>{url}</bdi>
      </th>
      <td data-label="Status">
        <span>
          <WebhookBadge webhook={webhook} />
        </span>
      </td>
      <td data-label="Last delivery">
        <span className="inline-flex flex-wrap items-center gap-2">
          <Moment at={lastTriedAt} none="None yet" />
          {lastState ? <DeliveryBadge state={lastState} /> : null}
        </span>
      </td>
      <td data-label="Change">
        <span>
          <Link
            prefetch={false}
            href={`/settings/notices/${id}`}
            aria-label={`Change ${url}`}
            className={buttonClass('secondary', 'small')}
          >
            Change
          </Link>
        </span>
      </td>
    </tr>
  );
}
