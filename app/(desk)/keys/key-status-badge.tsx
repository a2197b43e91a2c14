import { Badge } from '@/components/badge';
import type { KeyStatus } from '@/lib/keys/key-summary';
import { rowLabels } from './row-labels';

const looks = { active: 'good', inactive: 'plain', expired: 'warn' } as const;

/** The status of a key, and beside it a disabled owner, whose keys are refused whatever their status. */
export function KeyStatusBadge({
  status,
  ownerActive,
}: {
  status: KeyStatus;
  ownerActive: boolean;
}) {
  const [text, look] = [rowLabels.statuses[status], looks[status]];
  if (ownerActive) return <Badge look={look}>{text}</Badge>;
  return (
    <span className="inline-grid justify-items-start gap-1">
      <Badge look={look}>{text}</Badge>
      <Badge look="bad">{rowLabels.ownerDisabled}</Badge>
    </span>
  );
}
