import Link from 'next/link';
import { auditLabels as labels } from './audit-labels';

type Props = {
  /** Null where the id in the address is nobody's. */
  username: string | null;
  /** The list without this filter. */
  without: string;
};

/** Of whose keys alone the events are listed. It stands in the form of the search, which keeps it. */
export function OwnerEvents({ username, without }: Props) {
  return (
    <p className="flex flex-wrap gap-x-3 sm:col-span-full">
      <span id="owner-events" className="font-medium wrap-anywhere">
        {labels.ofOwner} {username === null ? labels.unknownUser : <bdi>{username}</bdi>}
      </span>
      <Link
        prefetch={false}
        href={without}
        aria-describedby="owner-events"
        className="text-accent underline"
      >
        {labels.remove}
      </Link>
    </p>
  );
}
