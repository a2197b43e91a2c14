import { Moment } from '@/components/moment';
import type { KeySummary } from '@/lib/keys/key-summary';
import { isRetiredScope, type ServiceScope } from '@/lib/keys/scope';
import { isReservedScope } from '@/lib/keys/service-key';
import { KeyHint } from '../../keys/key-hint';
import { KeyStatusBadge } from '../../keys/key-status-badge';
import { retiredRight, rightLabels, serviceKeysLabels, unusedRight } from './service-keys-labels';

const { columns } = serviceKeysLabels;

export function ServiceKeyTable({ rows }: { rows: KeySummary[] }) {
  if (rows.length === 0) return <p className="text-muted">{serviceKeysLabels.none}</p>;
  return (
    <div className="panel">
      <table className="report" aria-labelledby="service-keys">
        <thead>
          <tr>
            {Object.values(columns).map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td data-label={columns.owner}>
                <bdi>{row.username}</bdi>
              </td>
              <th scope="row" data-label={columns.key} className="font-normal">
                <KeyHint hint={row.hint} to={row.id} />
              </th>
              <td data-label={columns.name} className="wrap-anywhere">
                {row.name ? <bdi>{row.name}</bdi> : '–'}
              </td>
              <td data-label={columns.rights}>
                <Rights scopes={row.scopes} />
              </td>
              <td data-label={columns.used}>
                <Moment at={row.lastUsedAt} />
              </td>
              <td data-label={columns.status}>
                <KeyStatusBadge status={row.status} ownerActive={row.ownerActive} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Rights({ scopes }: { scopes: string[] }) {
  return (
    <ul>
      {scopes.filter(isReservedScope).map((scope) => (
        <li key={scope} className="wrap-anywhere">
          {meaningOf(scope)} <code className="text-muted">{scope}</code>
        </li>
      ))}
    </ul>
  );
}

function meaningOf(scope: string): string {
  if (isRetiredScope(scope)) return retiredRight;
  return rightLabels[scope as ServiceScope] ?? unusedRight;
}
