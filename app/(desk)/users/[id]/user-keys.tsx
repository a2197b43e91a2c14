import Link from 'next/link';
import { Moment } from '@/components/moment';
import { TitledSection } from '@/components/titled-section';
import type { KeySummary } from '@/lib/keys/key-summary';
import { listPath } from '@/lib/lists/list-path';
import { OwnedKeyCells } from './owned-key-cells';

type Props = { ownerId: string; rows: KeySummary[]; total: number };

/** The newest keys of a user; where there are more, the way to all of them. */
export function UserKeys({ ownerId, rows, total }: Props) {
  return (
    <TitledSection id="keys" title="API keys">
      {total === 0 ? <p className="text-muted">This user has no keys.</p> : null}
      {rows.length > 0 ? <KeysTable rows={rows} /> : null}
      {total > rows.length ? (
        <p>
          <Link
            prefetch={false}
            href={listPath('/keys', { owner: ownerId })}
            className="text-accent underline"
          >
            All {total.toLocaleString('en')} keys
          </Link>
        </p>
      ) : null}
    </TitledSection>
  );
}

function KeysTable({ rows }: Pick<Props, 'rows'>) {
  return (
    <div className="panel">
      <table className="report" aria-labelledby="keys">
        <thead>
          <tr>
            <th scope="col">API Key</th>
            <th scope="col">Name</th>
            <th scope="col">Status</th>
            <th scope="col">Last used</th>
            <th scope="col">Expires</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <OwnedKeyCells row={row} to={row.id} />
              <td data-label="Expires">
                <Moment at={row.expiresAt} brief />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
