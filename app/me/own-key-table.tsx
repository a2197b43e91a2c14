import Link from 'next/link';
import { Moment } from '@/components/moment';
import type { OwnKey } from '@/lib/keys/own/own-keys';
import { callWords } from '../(desk)/keys/call-labels';
import { KeyStatusBadge } from '../(desk)/keys/key-status-badge';
import { meLabels } from './me-labels';

const { columns, none } = meLabels;

/** One's own keys. Everything that can be done to one is on its page. */
export function OwnKeyTable({ rows }: { rows: OwnKey[] }) {
  return (
    <table className="report">
      <thead>
        <tr>
          {Object.entries(columns).map(([name, text]) => (
            <th key={name} scope="col">
              {text}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row" data-label={columns.key} className="font-normal">
              <Link prefetch={false} href={`/me/${row.id}`} className="text-accent underline">
                <code className="text-[0.8125rem] whitespace-nowrap">{row.hint}</code>
              </Link>
            </th>
            <td data-label={columns.name} className="wrap-anywhere min-[60rem]:min-w-24">
              {row.name ? <bdi>{row.name}</bdi> : <span className="text-muted">{none}</span>}
            </td>
            <td data-label={columns.status}>
              <KeyStatusBadge status={row.status} ownerActive={row.ownerActive} />
            </td>
            <td data-label={columns.used}>
              <Moment at={row.lastUsedAt} />
            </td>
            <td data-label={columns.day}>{callWords(row.day)}</td>
            <td data-label={columns.week}>{callWords(row.week)}</td>
            <td data-label={columns.expires}>
              <Moment at={row.expiresAt} brief />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
