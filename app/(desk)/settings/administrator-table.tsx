import Link from 'next/link';
import { Badge } from '@/components/badge';
import { buttonClass } from '@/components/button';
import { Moment } from '@/components/moment';
import type { ListedAdministrator } from '@/lib/auth/list-administrators';

type Props = { administrators: ListedAdministrator[]; mayChange: boolean };

export function AdministratorTable({ administrators, mayChange }: Props) {
  return (
    <div className="panel">
      <table className="report">
        <thead>
          <tr>
            <th scope="col">Username</th>
            <th scope="col">Role</th>
            <th scope="col">Status</th>
            <th scope="col">Second factor</th>
            <th scope="col">Last sign-in</th>
            {mayChange ? <th scope="col">Change</th> : null}
          </tr>
        </thead>
        <tbody>
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
                <span>
                  <Badge look={row.active ? 'good' : 'bad'}>
                    {row.active ? 'Active' : 'Disabled'}
                  </Badge>
                </span>
              </td>
              <td data-label="Second factor">{row.hasSecondFactor ? 'Yes' : 'No'}</td>
              <td data-label="Last sign-in">
                <Moment at={row.lastSignInAt} />
              </td>
              {mayChange ? (
                <td data-label="Change">
                  <span>
                    <Link
                      prefetch={false}
                      href={`/settings/administrators/${row.id}`}
                      aria-label={`Change ${row.username}`}
                      className={buttonClass('secondary', 'small')}
                    >
                      Change
                    </Link>
                  </span>
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
