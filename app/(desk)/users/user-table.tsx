import Link from 'next/link';
import { buttonClass } from '@/components/button';
import { EmptyState } from '@/components/empty-state';
import { SortHeader } from '@/components/sort-header';
import { type Administrator, hasRole } from '@/lib/access/administrator';
import { listPath } from '@/lib/lists/list-path';
import { refuseChange } from '@/lib/users/administrator-rules';
import type { UserListParams } from '@/lib/users/user-input';
import type { UserPage } from '@/lib/users/user-search';
import { UserRow } from './user-row';

type Props = {
  found: UserPage;
  filters: Pick<UserListParams, 'username' | 'status' | 'sort'>;
  back: string;
  administrator: Administrator;
};

export function UserTable({ found, filters, back, administrator }: Props) {
  const mayChange = hasRole(administrator, 'operator');
  if (found.rows.length === 0)
    return <NoUsers filters={filters} back={back} mayChange={mayChange} />;
  const sorted = (by: string, text: string) => (
    <SortHeader
      text={text}
      by={by}
      sort={filters.sort ?? 'username'}
      href={(sort) => listPath('/users', { ...filters, sort })}
    />
  );
  return (
    <table className="report">
      <thead>
        <tr>
          <th scope="col">Sr. No.</th>
          {sorted('username', 'Username')}
          {sorted('name', 'Display name')}
          {sorted('email', 'Email')}
          {sorted('status', 'Status')}
          <th scope="col">Keys</th>
          {sorted('created', 'Created')}
          <th scope="col">
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {found.rows.map((row, index) => (
          <UserRow
            key={row.id}
            row={row}
            number={found.firstNumber + index}
            back={back}
            mayChange={mayChange && refuseChange(administrator, row) === null}
          />
        ))}
      </tbody>
    </table>
  );
}

type NoUsersProps = Pick<Props, 'filters' | 'back'> & { mayChange: boolean };

function NoUsers({ filters, back, mayChange }: NoUsersProps) {
  const filtered = Boolean(filters.username || filters.status);
  return (
    <EmptyState title="No users found.">
      {filtered ? <p>Nothing matches these filters.</p> : <p>Add one, or import a CSV file.</p>}
      <div className="flex flex-wrap justify-center gap-2">
        {filtered ? (
          <Link prefetch={false} href="/users" className={buttonClass()}>
            Show all users
          </Link>
        ) : null}
        {mayChange ? (
          <Link
            prefetch={false}
            href={listPath('/users/new', { username: filters.username, back })}
            className={buttonClass('quiet')}
          >
            {filters.username ? `Add the user ${shortened(filters.username)}` : 'Add a user'}
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
