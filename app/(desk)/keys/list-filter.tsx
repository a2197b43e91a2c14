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
    <p className="chip">
      <span id="list-filter">{labels[list]}</span>
      <a href={without} aria-describedby="list-filter">
        {labels.remove}
      </a>
    </p>
  );
}
