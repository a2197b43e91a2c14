import Link from 'next/link';
import { Badge } from '@/components/badge';
import { buttonClass } from '@/components/button';
import { Moment } from '@/components/moment';
import type { ListedAdministrator } from '@/lib/auth/list-administrators';
import { administratorLabels as labels } from './administrator-labels';
import { roleNames } from './role-labels';

type Props = { administrators: ListedAdministrator[]; mayChange: boolean };

export function AdministratorTable({ administrators, mayChange }: Props) {
  return (
    <div className="panel">
      <table className="report">
        <thead>
          <tr>
            <th scope="col">{labels.username}</th>
            <th scope="col">{labels.role}</th>
            <th scope="col">{labels.status}</th>
            <th scope="col">{labels.secondFactor}</th>
            <th scope="col">{labels.lastSignIn}</th>
            {mayChange ? <th scope="col">{labels.actions}</th> : null}
          </tr>
        </thead>
        <tbody>
          {administrators.map((row) => (
            <tr key={row.id}>
              <th scope="row" data-label={labels.username} className="font-medium wrap-anywhere">
                <Link
                  prefetch={false}
                  href={`/users/${row.id}`}
                  className="underline-offset-2 hover:underline"
                >
                  <bdi>{row.username}</bdi>
                </Link>
              </th>
              <td data-label={labels.role}>{roleNames[row.role]}</td>
              <td data-label={labels.status}>
                <span>
                  <Badge look={row.active ? 'good' : 'bad'}>
                    {row.active ? labels.active : labels.disabled}
                  </Badge>
                </span>
              </td>
              <td data-label={labels.secondFactor}>
                {row.hasSecondFactor ? labels.on : labels.off}
              </td>
              <td data-label={labels.lastSignIn}>
                <Moment at={row.lastSignInAt} />
              </td>
              {mayChange ? (
                <td data-label={labels.actions}>
                  <span>
                    <Link
                      prefetch={false}
                      href={`/settings/administrators/${row.id}`}
                      aria-label={labels.changeOf(row.username)}
                      className={buttonClass('secondary', 'small')}
                    >
                      {labels.change}
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
