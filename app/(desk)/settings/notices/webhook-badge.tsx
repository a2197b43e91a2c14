import { Badge } from '@/components/badge';
import { noticeLabels } from './notice-labels';

type Props = { webhook: { active: boolean; refused: boolean } };

/** Whether a webhook gets notices, and if its receiver asked for none. */
export function WebhookBadge({ webhook }: Props) {
  if (webhook.active) return <Badge look="good">{noticeLabels.on}</Badge>;
  return webhook.refused ? (
    <Badge look="bad">{noticeLabels.offRefused}</Badge>
  ) : (
    <Badge look="plain">{noticeLabels.off}</Badge>
  );
}
