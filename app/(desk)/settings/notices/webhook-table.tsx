import Link from 'next/link';
import { buttonClass } from '@/components/button';
import { Moment } from '@/components/moment';
import type { ListedWebhook } from '@/lib/notices/list-webhooks';
import { DeliveryBadge } from './delivery-badge';
import { noticeLabels as l } from './notice-labels';
import { WebhookBadge } from './webhook-badge';

export function WebhookTable({ webhooks }: { webhooks: ListedWebhook[] }) {
  if (webhooks.length === 0) return null;
  return (
    <div className="panel">
      <table className="report">
        <thead>
          <tr>
            <th scope="col">{l.url}</th>
            <th scope="col">{l.status}</th>
            <th scope="col">{l.lastDelivery}</th>
            <th scope="col">{l.change}</th>
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
      <th scope="row" data-label={l.url} className="font-medium wrap-anywhere">
        <bdi>{url}</bdi>
      </th>
      <td data-label={l.status}>
        <span>
          <WebhookBadge webhook={webhook} />
        </span>
      </td>
      <td data-label={l.lastDelivery}>
        <span className="inline-flex flex-wrap items-center gap-2">
          <Moment at={lastTriedAt} none={l.noneYet} />
          {lastState ? <DeliveryBadge state={lastState} /> : null}
        </span>
      </td>
      <td data-label={l.change}>
        <span>
          <Link
            prefetch={false}
            href={`/settings/notices/${id}`}
            aria-label={l.changeOf(url)}
            className={buttonClass('secondary', 'small')}
          >
            {l.change}
          </Link>
        </span>
      </td>
    </tr>
  );
}
