import Link from 'next/link';
import { buttonClass } from '@/components/button';
import type { HeldRun } from '@/lib/rules/find-held-run';
import { idlePath } from '@/lib/rules/idle-path';
import { AttentionItem } from './attention-item';
import { heldKeysLabels as labels } from './attention-labels';

type Props = { held: HeldRun; isAdmin: boolean };

/** The rule for unused keys would switch off too many, and waits for an admin. */
export function HeldKeys({ held: { due, active, allowed }, isAdmin }: Props) {
  const link = isAdmin ? (
    <Link prefetch={false} href={idlePath} className={buttonClass('secondary', 'small')}>
      {labels.show}
    </Link>
  ) : null;
  return (
    <AttentionItem
      id="held"
      summary={labels.summary(due, active)}
      about={labels.about(allowed)}
      isOpen
      actions={link}
    />
  );
}
