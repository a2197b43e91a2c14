import Link from 'next/link';
import type { StandingList } from '@/lib/keys/key-input';
import { listFilterLabels as labels } from './list-filter-labels';

type Props = {
  list: StandingList;
  /** The report without this filter. */
  without: string;
};

/** Which list of the overview is shown. It stands in the form of the search, which keeps it. */
export function ListFilter({ list, without }: Props) {
  return (
    <p className="flex flex-wrap gap-x-3 sm:col-span-full">
      <span id="list-filter" className="font-medium">
        {labels[list]}
      </span>
      <Link
        prefetch={false}
        href={without}
        aria-describedby="list-filter"
        className="text-accent underline"
      >
        {labels.remove}
      </Link>
    </p>
  );
}
