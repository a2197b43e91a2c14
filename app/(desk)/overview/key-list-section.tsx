import Link from 'next/link';
import { buttonClass } from '@/components/button';
import { Moment } from '@/components/moment';
import type { FormAction } from '@/lib/forms/form-state';
import type { KeySummary } from '@/lib/keys/key-summary';
import type { KeyListName } from '@/lib/overview/key-list-input';
import type { KeyList } from '@/lib/overview/key-lists';
import { KeyHint } from '../keys/key-hint';
import { KeyStatusBadge } from '../keys/key-status-badge';
import { allOfList, bulkTexts, countOf, keyListWords } from './key-list-labels';
import { ListBulkForm } from './list-bulk-form';
import { OverviewSection } from './overview-section';

type Props = { name: KeyListName; list: KeyList; action: FormAction; mayChange: boolean };

/** A standing list: its first keys, how many it has, and the one step that is due for all. */
export function KeyListSection({ name, list, action, mayChange }: Props) {
  const { title, about, verbs, report } = keyListWords[name];
  const { rows, total } = list;
  return (
    <OverviewSection id={name} title={title} about={about} none={total === 0 ? 'None.' : null}>
      <table className="report">
        <thead>
          <tr>
            <th scope="col">Username</th>
            <th scope="col">API Key</th>
            <th scope="col">Status</th>
            <th scope="col">Last used</th>
            <th scope="col">Expires</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <KeyListRow key={row.id} row={row} />
          ))}
        </tbody>
      </table>
      <div className="flex flex-wrap items-center gap-2 border-t border-line px-3 py-2">
        <p className="mr-auto text-muted">
          {total > rows.length
            ? `${countOf(total)}, of which these are the first ${rows.length}.`
            : `${countOf(total)}.`}
        </p>
        {report ? (
          <Link prefetch={false} href={report} className={buttonClass('secondary', 'small')}>
            Show in the report
          </Link>
        ) : null}
        {mayChange
          ? verbs.map((verb) => (
              <ListBulkForm
                key={verb}
                action={action}
                list={name}
                verb={verb}
                text={`${bulkTexts[verb]} ${allOfList(total)}`}
                describedBy={name}
              />
            ))
          : null}
      </div>
    </OverviewSection>
  );
}

function KeyListRow({ row }: { row: KeySummary }) {
  return (
    <tr>
      <th scope="row" data-label="Username" className="font-medium wrap-anywhere">
        <Link
          prefetch={false}
          href={row.ownerActive ? `/users/${row.ownerId}` : `/users/${row.ownerId}/disable`}
          className="text-accent underline"
        >
          <bdi>{row.username}</bdi>
        </Link>
      </th>
      <td data-label="API Key">
        <KeyHint hint={row.hint} to={row.id} />
        {row.name ? <bdi className="ml-2 wrap-anywhere">{row.name}</bdi> : null}
      </td>
      <td data-label="Status">
        <KeyStatusBadge status={row.status} ownerActive={row.ownerActive} />
      </td>
      <td data-label="Last used">
        <Moment at={row.lastUsedAt} />
      </td>
      <td data-label="Expires">
        <Moment at={row.expiresAt} />
      </td>
    </tr>
  );
}
