import { Badge } from '@/components/badge';
import type { ListedDelivery } from '@/lib/notices/list-webhooks';
import { deliveryLabels } from './notice-labels';

const words = {
  delivered: ['good', deliveryLabels.delivered],
  waiting: ['warn', deliveryLabels.waiting],
  failed: ['bad', deliveryLabels.failed],
} as const;

export function DeliveryBadge({ state }: { state: ListedDelivery['state'] }) {
  const [look, text] = words[state];
  return <Badge look={look}>{text}</Badge>;
}
