import Link from 'next/link';
import { Badge } from '@/components/badge';
import { buttonClass } from '@/components/button';
import { Moment } from '@/components/moment';
import type { ListedAdministrator } from '@/lib/auth/list-administrators';
import { administratorLabels as l } from './administrator-labels';
import { roleNames } from './role-labels';

type Props = { administrators: ListedAdministrator[]; mayChange: boolean };

export function AdministratorTable({ administrators, mayChange }: Props) {
  return (
    <div className="panel">
      <table className="report">
        <thead>
          <tr>
            <th scope="col">{l.username}</th>
            <th scope="col">{l.role}</th>
            <th scope="col">{l.status}</th>
            <th scope="col">{l.secondFactor}</th>
            <th scope="col">{l.lastSignIn}</th>
            {mayChange ? <th scope="col">{l.change}</th> : null}
          </tr>
        </thead>
        <tbody>
          {administrators.map((row) => (
            <tr key={row.id}>
              <th scope="row" data-label={l.username} className="font-medium wrap-anywhere">
                <Link
                  prefetch={false}
                  href={`/users/${row.id}`}
                  className="underline-offset-2 hover:underline"
                >
                  <bdi>{row.username}</bdi>
                </Link>
              </th>
              <td data-label={l.role}>{roleNames[row.role]}</td>
              <td data-label={l.status}>
                <span>
                  <Badge look={row.active ? 'good' : 'bad'}>
                    {row.active ? l.active : l.disabled}
                  </Badge>
                </span>
              </td>
              <td data-label={l.secondFactor}>{row.hasSecondFactor ? l.on : l.off}</td>
              <td data-label={l.lastSignIn}>
                <Moment at={row.lastSignInAt} />
              </td>
              {mayChange ? (
                <td data-label={l.change}>
                  <span>
                    <Link
                      prefetch={false}
                      href={`/settings/administrators/${row.id}`}
                      aria-label={l.changeOf(row.username)}
                      className={buttonClass('secondary', 'small')}
                    >
                      {l.change}
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
