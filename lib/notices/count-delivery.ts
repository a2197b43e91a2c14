import 'server-only';
import { pageMetrics } from '@/lib/metrics/page-metrics';

/** Counts an attempt by its channel and the state in which it left the delivery. */
export function countDelivery({ recipient }: { recipient: string | null }, state: string): void {
  const channel = recipient === null ? 'webhook' : 'mail';
  const outcome = state === 'waiting' ? 'retried' : state;
  pageMetrics().deliveries.inc({ channel, outcome });
}
