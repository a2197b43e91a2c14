import { Moment } from '@/components/moment';
import type { UseSource } from '@/lib/keys/use/key-use';
import { useLabels as labels } from './call-labels';

type Props = { sources: UseSource[] };

/** Addresses as the callers of verify told them, the latest first. */
export function SourceList({ sources }: Props) {
  if (sources.length === 0) return <span className="text-muted">{labels.noAddress}</span>;
  return (
    <ul className="grid gap-0.5">
      {sources.map(({ address, lastSeen }) => (
        <li key={address} className="flex flex-wrap gap-x-2">
          {address ? (
            <code className="wrap-anywhere">{address}</code>
          ) : (
            <span className="text-muted">{labels.noAddress}</span>
          )}
          <Moment at={new Date(lastSeen)} />
        </li>
      ))}
    </ul>
  );
}
