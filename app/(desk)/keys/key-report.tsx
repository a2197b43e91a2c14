import { Pagination } from '@/components/pagination';
import { type Administrator, hasRole } from '@/lib/access/administrator';
import type { KeyPage } from '@/lib/keys/key-search';
import { listPath } from '@/lib/lists/list-path';
import { deleteKeyAction, regenerateKeyAction, switchKeyAction } from './actions';
import { startBulkAction } from './bulk/actions';
import { BulkBar } from './bulk-bar';
import type { DeliveryChoices } from './delivery-choices';
import { KeyDesk } from './key-desk';
import type { ReportFilters } from './key-search';
import { KeyTable } from './key-table';
import { NoKeys } from './no-keys';
import { RegenerateFields } from './regenerate-fields';
import { questionFormId } from './report-forms';
import { reportLabels as labels } from './report-labels';

type Props = {
  administrator: Administrator;
  found: KeyPage;
  filters: ReportFilters;
  at: string;
  /** The list as it is shown. */
  back: string;
  /** Whose key "Add an API key" begins with. */
  user: string;
  added: string | undefined;
  /** What can be chosen with a new secret. */
  can: DeliveryChoices;
};

/** The keys, what may be done with them, and the way to the other pages. */
export function KeyReport({ administrator, found, filters, at, back, user, added, can }: Props) {
  const { sort: _, ...narrowed } = filters;
  const mayChange = hasRole(administrator, 'operator');
  const isEmpty = found.rows.length === 0;
  return (
    <KeyDesk
      regenerateAction={regenerateKeyAction}
      deleteAction={deleteKeyAction}
      switchAction={switchKeyAction}
      back={back}
      regenerateFields={<RegenerateFields can={can} />}
    >
      <section aria-label={labels.report} id="report" tabIndex={-1} className="panel">
        {isEmpty ? (
          <NoKeys
            isFiltered={Object.values(narrowed).some(Boolean)}
            user={user}
            back={back}
            mayChange={mayChange}
          />
        ) : (
          <>
            <input type="hidden" form={questionFormId} name="back" value={back} />
            <KeyTable administrator={administrator} found={found} filters={filters} added={added} />
            {mayChange ? (
              <BulkBar
                key={back}
                action={startBulkAction}
                filters={filters}
                counted={found.counted}
              />
            ) : null}
            <Pagination
              {...found}
              at={at}
              nouns={labels.nouns}
              href={(to) => listPath('/keys', { ...filters, ...to })}
            />
          </>
        )}
      </section>
    </KeyDesk>
  );
}
