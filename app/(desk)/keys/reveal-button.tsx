import { BackButton } from '@/components/back-button';
import { listPath } from '@/lib/lists/list-path';
import { rowLabels } from './row-labels';

/** The way to the page that asks why. */
export function RevealButton({ id, back }: { id: string; back: string }) {
  return (
    <BackButton
      to={listPath(`/keys/${id}/reveal`, { back })}
      size="small"
      look="quiet"
      describedBy={`owner-${id}`}
    >
      {rowLabels.reveal}
    </BackButton>
  );
}
