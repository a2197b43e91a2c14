import { Badge } from '@/components/badge';
import type { KeyStatus } from '@/lib/keys/key-summary';

const words = {
  active: { text: 'Active', look: 'good' },
  inactive: { text: 'Inactive', look: 'plain' },
  expired: { text: 'Expired', look: 'warn' },
} as const;

/** The status of a key, and beside it a disabled owner, whose keys are refused whatever their status. */
export function KeyStatusBadge({
  status,
  ownerActive,
}: {
  status: KeyStatus;
  ownerActive: boolean;
}) {
  const { text, look } = words[status];
  if (ownerActive) return <Badge look={look}>{text}</Badge>;
  return (
    <span className="inline-grid justify-items-start gap-1">
      <Badge look={look}>{text}</Badge>
      <Badge look="bad">Owner disabled</Badge>
    </span>
  );
}
