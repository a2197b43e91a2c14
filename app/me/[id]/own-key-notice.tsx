import { Notice } from '@/components/notice';
import type { KeyStatus } from '@/lib/keys/key-summary';
import { meLabels as labels } from '../me-labels';

type Props = { status: KeyStatus; isService: boolean; mayRegenerate: boolean };

/** Why something cannot be done here, and whom to ask. */
export function OwnKeyNotice({ status, isService, mayRegenerate }: Props) {
  if (isService) return <Notice look="warn">{labels.isService}</Notice>;
  if (status !== 'active') return <Notice look="warn">{reasons[status]}</Notice>;
  return mayRegenerate ? null : <p className="text-muted">{labels.noRegenerate}</p>;
}

const reasons = {
  inactive: labels.switchedOff,
  expired: labels.isExpired,
  waiting: labels.isWaiting,
} as const;
