import Link from 'next/link';
import { Moment } from '@/components/moment';
import type { KeySummary } from '@/lib/keys/key-summary';
import type { KeyList } from '@/lib/overview/key-lists';
import { KeyHint } from '../keys/key-hint';
import { KeyStatusBadge } from '../keys/key-status-badge';
import { overviewLabels as labels } from './overview-labels';

/** The first keys of a list. */
export function KeyListTable({ list }: { list: KeyList }) {
  const { rows, total } = list;
  return (
    <>
      <table className="report border-t border-line">
        <thead>
          <tr>
            <th scope="col">{labels.username}</th>
            <th scope="col">{labels.key}</th>
            <th scope="col">{labels.status}</th>
            <th scope="col">{labels.lastUsed}</th>
            <th scope="col">{labels.expires}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <KeyListRow key={row.id} row={row} />
          ))}
        </tbody>
      </table>
      {total > rows.length ? (
        <p className="px-4 py-2 text-muted">{labels.firstOf(rows.length, list)}</p>
      ) : null}
    </>
  );
}

function KeyListRow({ row }: { row: KeySummary }) {
  return (
    <tr>
      <th scope="row" data-label={labels.username} className="font-medium wrap-anywhere">
        <Link
          prefetch={false}
          href={row.ownerActive ? `/users/${row.ownerId}` : `/users/${row.ownerId}/disable`}
          className="text-accent underline"
        >
          <bdi>{row.username}</bdi>
        </Link>
      </th>
      <td data-label={labels.key}>
        <KeyHint hint={row.hint} to={row.id} />
        {row.name ? <bdi className="ml-2 wrap-anywhere">{row.name}</bdi> : null}
      </td>
      <td data-label={labels.status}>
        <KeyStatusBadge status={row.status} ownerActive={row.ownerActive} />
      </td>
      <td data-label={labels.lastUsed}>
        <Moment at={row.lastUsedAt} />
      </td>
      <td data-label={labels.expires}>
        <Moment at={row.expiresAt} />
      </td>
    </tr>
  );
}
