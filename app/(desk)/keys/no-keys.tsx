import { buttonClass } from '@/components/button';
import { EmptyState } from '@/components/empty-state';
import { listPath } from '@/lib/lists/list-path';
import { EmptyDesk } from './empty-desk';
import { reportLabels as labels } from './report-labels';

type Props = {
  isFiltered: boolean;
  /** Whose key "Add an API key" begins with. */
  user?: string | undefined;
  back: string;
  mayChange: boolean;
};

/** In place of the rows, with the way onward. */
export function NoKeys({ isFiltered, user, back, mayChange }: Props) {
  if (!isFiltered) {
    return (
      <EmptyState title={labels.none}>
        <EmptyDesk back={back} />
      </EmptyState>
    );
  }
  return (
    <EmptyState title={labels.none}>
      <p>{labels.noMatch}</p>
      <div className="flex flex-wrap justify-center gap-2">
        <a href="/keys" className={buttonClass()}>
          {labels.showAll}
        </a>
        {mayChange ? (
          <a href={listPath('/keys/new', { user, back })} className={buttonClass('quiet')}>
            {labels.addKey}
          </a>
        ) : null}
      </div>
    </EmptyState>
  );
}
