import { SortHeader } from '@/components/sort-header';
import { type Administrator, hasRole } from '@/lib/access/administrator';
import { listPath } from '@/lib/lists/list-path';
import { mayChangeUser, mayRemoveUser } from '@/lib/users/administrator-rules';
import type { UserListParams } from '@/lib/users/user-input';
import type { UserPage } from '@/lib/users/user-search';
import { NoUsers } from './no-users';
import { UserRow } from './user-row';
import { usersLabels } from './users-labels';

type Props = {
  found: UserPage;
  filters: Pick<UserListParams, 'username' | 'status' | 'kind' | 'sort'>;
  back: string;
  administrator: Administrator;
};

const { columns } = usersLabels;

export function UserTable({ found, filters, back, administrator }: Props) {
  if (found.rows.length === 0) {
    const mayAdd = hasRole(administrator, 'operator');
    return <NoUsers filters={filters} back={back} mayAdd={mayAdd} />;
  }
  const sorted = (by: string, text: string) => (
    <SortHeader
      text={text}
      by={by}
      sort={filters.sort ?? 'username'}
      href={(sort) => listPath('/users', { ...filters, sort })}
    />
  );
  return (
    <table className="report users">
      <thead>
        <tr>
          <th scope="col">{columns.number}</th>
          {sorted('username', columns.username)}
          {sorted('name', columns.name)}
          {sorted('email', columns.email)}
          {sorted('status', columns.status)}
          <th scope="col">{columns.keys}</th>
          {sorted('created', columns.created)}
          <th scope="col">
            <span className="sr-only">{columns.actions}</span>
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
            mayChange={mayChangeUser(administrator, row)}
            mayDelete={mayRemoveUser(administrator, row)}
          />
        ))}
      </tbody>
    </table>
  );
}
