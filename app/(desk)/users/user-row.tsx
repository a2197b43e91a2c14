import Link from 'next/link';
import { BackButton } from '@/components/back-button';
import { buttonClass } from '@/components/button';
import { Moment } from '@/components/moment';
import { listPath } from '@/lib/lists/list-path';
import type { UserSummary } from '@/lib/users/find-user';
import { UserBadges } from './user-badges';
import { usersLabels as labels } from './users-labels';

type Props = {
  row: UserSummary;
  number: number;
  back: string;
  mayChange: boolean;
  mayDelete: boolean;
};

const { columns } = labels;

export function UserRow({ row, number, back, mayChange, mayDelete }: Props) {
  const page = listPath(`/users/${row.id}`, { back });
  const about = `user-${row.id}`;
  return (
    <tr>
      <td data-label={columns.number}>{number}</td>
      <th scope="row" data-label={columns.username} title={row.username}>
        <Link href={page} prefetch={false} id={about}>
          <bdi>{row.username}</bdi>
        </Link>
      </th>
      <td data-label={columns.name} title={row.displayName || undefined}>
        <Text text={row.displayName} />
        {row.responsible ? (
          <span className="block max-w-48 truncate text-muted" title={row.responsible}>
            {labels.responsibleIs} <bdi>{row.responsible}</bdi>
          </span>
        ) : null}
      </td>
      <td data-label={columns.email} title={row.email || undefined}>
        <Text text={row.email} />
      </td>
      <td data-label={columns.status}>
        <UserBadges {...row} />
      </td>
      <td data-label={columns.keys}>
        <KeyCount row={row} />
      </td>
      <td data-label={columns.created}>
        <Moment at={row.createdAt} brief />
      </td>
      <td data-label={columns.actions}>
        <div>
          {mayChange ? (
            <Link
              href={page}
              prefetch={false}
              aria-describedby={about}
              className={buttonClass('quiet', 'small')}
            >
              {labels.edit}
            </Link>
          ) : null}
          {mayDelete ? (
            <BackButton
              to={listPath(`/users/${row.id}/delete`, { back })}
              look="quiet"
              size="small"
              describedBy={about}
            >
              {labels.delete}
            </BackButton>
          ) : null}
        </div>
      </td>
    </tr>
  );
}

function Text({ text }: { text: string }) {
  return text ? <bdi>{text}</bdi> : <span className="text-muted">{labels.none}</span>;
}

function KeyCount({ row }: { row: UserSummary }) {
  if (row.keys === 0) return <span className="text-muted">0</span>;
  return (
    <Link
      prefetch={false}
      href={listPath('/keys', { owner: row.id })}
      aria-label={labels.keysOf(row.keys, row.username)}
      className="inline-block min-w-6 py-1 text-accent underline"
    >
      {row.keys}
    </Link>
  );
}
