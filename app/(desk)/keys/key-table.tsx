import { SortHeader } from '@/components/sort-header';
import type { Administrator } from '@/lib/access/administrator';
import { hasRole } from '@/lib/access/administrator';
import type { KeyPage } from '@/lib/keys/key-search';
import { isRevealOn } from '@/lib/keys/secret/sealed-secrets';
import { listPath } from '@/lib/lists/list-path';
import { KeyRows } from './key-rows';
import type { ReportFilters } from './key-search';
import { bulkFormId } from './report-forms';
import { reportLabels } from './report-labels';
import { rowFacts } from './row-facts';

type Props = {
  administrator: Administrator;
  found: KeyPage;
  filters: ReportFilters;
  added?: string | undefined;
};

const { columns } = reportLabels;

export function KeyTable({ administrator, found, filters, added }: Props) {
  const mayChange = hasRole(administrator, 'operator');
  const reveal = isRevealOn();
  const sorted = (by: string, text: string) => (
    <SortHeader
      text={text}
      by={by}
      sort={filters.sort ?? '-created'}
      href={(sort) => listPath('/keys', { ...filters, sort })}
    />
  );
  return (
    <table className="report keys">
      <thead>
        <tr>
          <th scope="col">
            {mayChange ? (
              <input
                type="checkbox"
                id="select-page"
                form={bulkFormId}
                aria-label={reportLabels.selectPage}
              />
            ) : null}
            {columns.number}
          </th>
          {sorted('username', columns.username)}
          <th scope="col">{columns.apiKey}</th>
          {sorted('status', columns.status)}
          <th scope="col">{columns.name}</th>
          {sorted('created', columns.created)}
          {sorted('used', columns.used)}
          {sorted('expires', columns.expires)}
          <th scope="col">
            <span className="sr-only">{columns.actions}</span>
          </th>
        </tr>
      </thead>
      <KeyRows
        rows={found.rows.map((row) => rowFacts(row, administrator, reveal))}
        firstNumber={found.firstNumber}
        now={Date.now()}
        mayChange={mayChange}
        added={added}
      />
    </table>
  );
}
