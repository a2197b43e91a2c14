import { Badge } from '@/components/badge';
import type { KeyStatus } from '@/lib/keys/key-summary';
import { rowLabels } from './row-labels';

const looks = { active: 'good', inactive: 'plain', expired: 'warn', waiting: 'warn' } as const;

/** The status of a key, and beside it a disabled owner, whose keys are refused whatever their status. */
export function KeyStatusBadge({
  status,
  ownerActive,
}: {
  status: KeyStatus;
  ownerActive: boolean;
}) {
  const badge = <Badge look={looks[status]}>{rowLabels.statuses[status]}</Badge>;
  if (ownerActive) return badge;
  return (
    <span className="inline-grid justify-items-start gap-1">
      {badge}
      <Badge look="bad">{rowLabels.ownerDisabled}</Badge>
    </span>
  );
}
