import Link from 'next/link';
import { buttonClass } from '@/components/button';
import { EmptyState } from '@/components/empty-state';
import { listPath } from '@/lib/lists/list-path';
import type { UserFilter } from '@/lib/users/user-input';
import { usersLabels as labels } from './users-labels';

type Props = { filters: UserFilter; back: string; mayAdd: boolean };

/** In place of a directory without anybody: why, and the way onward. */
export function NoUsers({ filters, back, mayAdd }: Props) {
  const { username } = filters;
  const filtered = Boolean(username || filters.status || filters.kind);
  return (
    <EmptyState title={labels.nobody}>
      <p>{filtered ? labels.noMatch : labels.addFirst}</p>
      <div className="flex flex-wrap justify-center gap-2">
        {filtered ? (
          <Link prefetch={false} href="/users" className={buttonClass()}>
            {labels.showAll}
          </Link>
        ) : null}
        {mayAdd ? (
          <Link
            prefetch={false}
            href={listPath('/users/new', { username, back })}
            className={buttonClass('quiet')}
          >
            {username ? labels.addNamed(shortened(username)) : labels.addOne}
          </Link>
        ) : null}
      </div>
    </EmptyState>
  );
}

function shortened(text: string): string {
  const all = [...text];
  return all.length > 24 ? `${all.slice(0, 24).join('')}…` : text;
}
