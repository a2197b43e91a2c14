import Link from 'next/link';
import { buttonClass } from '@/components/button';
import { Moment } from '@/components/moment';
import { chosenTypeNames, isWanted } from '@/lib/notices/chosen-types';
import type { ListedWebhook } from '@/lib/notices/list-webhooks';
import { DeliveryBadge } from './delivery-badge';
import { noticeLabels as labels, typeLabels } from './notice-labels';
import { WebhookBadge } from './webhook-badge';

export function WebhookTable({ webhooks }: { webhooks: ListedWebhook[] }) {
  if (webhooks.length === 0) return null;
  return (
    <div className="panel">
      <table className="report">
        <thead>
          <tr>
            <th scope="col">{labels.url}</th>
            <th scope="col">{typeLabels.column}</th>
            <th scope="col">{labels.status}</th>
            <th scope="col">{labels.lastDelivery}</th>
            <th scope="col">{labels.actions}</th>
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

const countOf = (types: string[]) => chosenTypeNames.filter((type) => isWanted(types, type)).length;

function WebhookRow({ webhook }: { webhook: ListedWebhook }) {
  const { id, url, types, lastTriedAt, lastState } = webhook;
  return (
    <tr>
      <th scope="row" data-label={labels.url} className="font-medium wrap-anywhere">
        <bdi>{url}</bdi>
      </th>
      <td data-label={typeLabels.column}>
        {typeLabels.count(countOf(types), chosenTypeNames.length)}
      </td>
      <td data-label={labels.status}>
        <span>
          <WebhookBadge webhook={webhook} />
        </span>
      </td>
      <td data-label={labels.lastDelivery}>
        <span className="inline-flex flex-wrap items-center gap-2">
          <Moment at={lastTriedAt} none={labels.noneYet} />
          {lastState ? <DeliveryBadge state={lastState} /> : null}
        </span>
      </td>
      <td data-label={labels.actions}>
        <span>
          <Link
            prefetch={false}
            href={`/settings/notices/${id}`}
            aria-label={labels.changeOf(url)}
            className={buttonClass('secondary', 'small')}
          >
            {labels.change}
          </Link>
        </span>
      </td>
    </tr>
  );
}
