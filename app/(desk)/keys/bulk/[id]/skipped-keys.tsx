import { Notice } from '@/components/notice';
import { TitledSection } from '@/components/titled-section';
import type { LeftOut, SkippedKey } from '@/lib/keys/bulk/find-bulk-change';
import { countKeys } from './bulk-labels';

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

/** Before anything is done: the keys that will not be changed, whatever is chosen. */
export function LeftOutKeys({ leftOut: { keys, shown } }: { leftOut: LeftOut }) {
  if (keys === 0) return null;
  return (
    <>
      <Notice look="warn">
        {countKeys(keys)} with scopes of Keydesk itself will be left out: only an admin can change
        {keys === 1 ? ' it.' : ' them.'}
      </Notice>
      <TitledSection id="left-out" title="Left out">
        <ul className="grid gap-1">
          {shown.map((key) => (
            <li key={key.id} className="wrap-anywhere">
              <code>{key.hint}</code> of <bdi className="font-semibold">{key.username}</bdi>
            </li>
          ))}
        </ul>
        {keys > shown.length ? (
          <p className="text-muted">And {(keys - shown.length).toLocaleString('en')} more.</p>
        ) : null}
      </TitledSection>
    </>
  );
}
