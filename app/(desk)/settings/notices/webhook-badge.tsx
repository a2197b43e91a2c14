import { Badge } from '@/components/badge';

type Props = { webhook: { active: boolean; refused: boolean } };

/** Whether a webhook gets notices, and if its receiver asked for none. */
export function WebhookBadge({ webhook }: Props) {
  if (webhook.active) return <Badge look="good">On</Badge>;
  return webhook.refused ? (
    <Badge look="bad">Off: it answered 410</Badge>
  ) : (
    <Badge look="plain">Off</Badge>
  );
}
