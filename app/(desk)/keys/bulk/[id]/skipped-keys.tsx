import { TitledSection } from '@/components/titled-section';
import type { SkippedKey } from '@/lib/keys/bulk/find-bulk-change';

const reasons: Record<SkippedKey['outcome'], string> = {
  gone: 'had been deleted meanwhile',
  'needs-admin': 'has scopes of Keydesk itself: only an admin can change it',
};

/** Each key that could not be changed, by name and with the reason. */
export function SkippedKeys({ skipped }: { skipped: SkippedKey[] }) {
  return (
    <TitledSection id="skipped" title="Not changed">
      <ul className="grid gap-1">
        {skipped.map((key) => (
          <li key={key.id} className="wrap-anywhere">
            <code>{key.hint}</code> of <bdi className="font-semibold">{key.username}</bdi>{' '}
            {reasons[key.outcome]}
          </li>
        ))}
      </ul>
    </TitledSection>
  );
}
