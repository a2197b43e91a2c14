import { Badge } from '@/components/badge';
import type { ListedDelivery } from '@/lib/notices/list-webhooks';

const words = {
  delivered: ['good', 'Delivered'],
  waiting: ['warn', 'Waiting'],
  failed: ['bad', 'Failed'],
} as const;

export function DeliveryBadge({ state }: { state: ListedDelivery['state'] }) {
  const [look, text] = words[state];
  return <Badge look={look}>{text}</Badge>;
}
