import Link from 'next/link';
import { BackButton } from '@/components/back-button';
import { buttonClass } from '@/components/button';
import { Moment } from '@/components/moment';
import { listPath } from '@/lib/lists/list-path';
import type { UserSummary } from '@/lib/users/find-user';
import { UserBadges } from './user-badges';

type Props = { row: UserSummary; number: number; back: string; mayChange: boolean };

export function UserRow({ row, number, back, mayChange }: Props) {
  const page = listPath(`/users/${row.id}`, { back });
  return (
    <tr>
      <td data-label="Sr. No." className="text-muted tabular-nums">
        {number}
      </td>
      <th scope="row" data-label="Username" className="font-medium">
        <Link
          href={page}
          prefetch={false}
          id={`user-${row.id}`}
          className="wrap-anywhere underline-offset-2 hover:underline"
        >
          <bdi>{row.username}</bdi>
        </Link>
      </th>
      <td data-label="Display name" className="wrap-anywhere">
        <Text text={row.displayName} />
      </td>
      <td data-label="Email" className="wrap-anywhere">
        <Text text={row.email} />
      </td>
      <td data-label="Status">
        <UserBadges active={row.active} role={row.role} />
      </td>
      <td data-label="Keys" className="tabular-nums">
        <KeyCount row={row} />
      </td>
      <td data-label="Created">
        <Moment at={row.createdAt} />
      </td>
      <td data-label="Actions">
        {mayChange ? (
          <div className="flex flex-wrap items-center gap-2 min-[60rem]:flex-nowrap min-[60rem]:justify-end">
            <Link
              href={page}
              prefetch={false}
              aria-describedby={`user-${row.id}`}
              className={buttonClass('secondary', 'small')}
            >
              Edit
            </Link>
            <BackButton
              to={listPath(`/users/${row.id}/delete`, { back })}
              look="danger"
              size="small"
              describedBy={`user-${row.id}`}
            >
              Delete
            </BackButton>
          </div>
        ) : null}
      </td>
    </tr>
  );
}

function Text({ text }: { text: string }) {
  return text ? <bdi>{text}</bdi> : <span className="text-muted">–</span>;
}

function KeyCount({ row }: { row: UserSummary }) {
  if (row.keys === 0) return <span className="text-muted">0</span>;
  return (
    <Link
      prefetch={false}
      href={listPath('/keys', { owner: row.id })}
      aria-label={`${row.keys} ${row.keys === 1 ? 'key' : 'keys'} of ${row.username}`}
      className="inline-block min-w-6 py-1 text-accent underline"
    >
      {row.keys}
    </Link>
  );
}
