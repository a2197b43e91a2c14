import { Moment } from '@/components/moment';
import type { UseSource } from '@/lib/keys/use/key-use';

type Props = { sources: UseSource[]; none?: string };

/** Addresses as the callers of verify told them, the latest first. */
export function SourceList({ sources, none = 'none yet' }: Props) {
  if (sources.length === 0) return <span className="text-muted">{none}</span>;
  return (
    <ul className="grid gap-0.5">
      {sources.map(({ address, lastSeen }) => (
        <li key={address} className="flex flex-wrap gap-x-2">
          {address ? (
            <code className="wrap-anywhere">{address}</code>
          ) : (
            <span className="text-muted">address not told</span>
          )}
          <Moment at={new Date(lastSeen)} />
        </li>
      ))}
    </ul>
  );
}
