import { Notice } from '@/components/notice';
import { TitledSection } from '@/components/titled-section';
import type { LeftOut, SkippedKey } from '@/lib/keys/bulk/find-bulk-change';
import { bulkLabels as labels } from './bulk-labels';

/** Each key that could not be changed, by name and with the reason. */
export function SkippedKeys({ skipped }: { skipped: SkippedKey[] }) {
  return (
    <TitledSection id="skipped" title={labels.notChanged}>
      <ul className="grid gap-1">
        {skipped.map((key) => (
          <li key={key.id} className="wrap-anywhere">
            <NamedKey {...key} />
            {labels.reasons[key.outcome]}
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
      <Notice look="warn">{labels.willBeLeftOut(keys)}</Notice>
      <TitledSection id="left-out" title={labels.leftOut}>
        <ul className="grid gap-1">
          {shown.map((key) => (
            <li key={key.id} className="wrap-anywhere">
              <NamedKey {...key} />
            </li>
          ))}
        </ul>
        {keys > shown.length ? (
          <p className="text-muted">{labels.more(keys - shown.length)}</p>
        ) : null}
      </TitledSection>
    </>
  );
}

function NamedKey({ hint, username }: { hint: string; username: string }) {
  return (
    <>
      <code>{hint}</code>
      {labels.of}
      <b>
        <bdi>{username}</bdi>
      </b>
    </>
  );
}
