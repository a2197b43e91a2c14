import Link from 'next/link';
import { Badge } from '@/components/badge';
import { Moment } from '@/components/moment';
import type { ListedAdministrator } from '@/lib/auth/list-administrators';

export function AdministratorTable({ administrators }: { administrators: ListedAdministrator[] }) {
  return (
    <div className="rounded-lg border border-line bg-surface">
      <table className="report">
        <thead className="border-b border-line text-muted">
          <tr>
            <th scope="col">Username</th>
            <th scope="col">Role</th>
            <th scope="col">Status</th>
            <th scope="col">Last sign-in</th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {administrators.map((row) => (
            <tr key={row.id}>
              <th scope="row" data-label="Username" className="font-medium wrap-anywhere">
                <Link
                  prefetch={false}
                  href={`/users/${row.id}`}
                  className="underline-offset-2 hover:underline"
                >
                  <bdi>{row.username}</bdi>
                </Link>
              </th>
              <td data-label="Role">{row.role}</td>
              <td data-label="Status">
                <Badge look={row.active ? 'good' : 'bad'}>
                  {row.active ? 'Active' : 'Disabled'}
                </Badge>
              </td>
              <td data-label="Last sign-in">
                <Moment at={row.lastSignInAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
