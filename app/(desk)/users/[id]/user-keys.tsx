import Link from 'next/link';
import { Moment } from '@/components/moment';
import { TitledSection } from '@/components/titled-section';
import type { KeySummary } from '@/lib/keys/key-summary';
import { listPath } from '@/lib/lists/list-path';
import { userLabels as labels } from '../user-labels';
import { OwnedKeyCells } from './owned-key-cells';

const { columns } = labels;

type Props = { ownerId: string; rows: KeySummary[]; total: number };

/** The newest keys of a user; where there are more, the way to all of them. */
export function UserKeys({ ownerId, rows, total }: Props) {
  return (
    <TitledSection id="keys" title={labels.keysTitle}>
      {total === 0 ? <p className="text-muted">{labels.noKeys}</p> : null}
      {rows.length > 0 ? <KeysTable rows={rows} /> : null}
      {total > rows.length ? (
        <p>
          <Link
            prefetch={false}
            href={listPath('/keys', { owner: ownerId })}
            className="text-accent underline"
          >
            {labels.allKeys(total)}
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
            <th scope="col">{columns.key}</th>
            <th scope="col">{columns.name}</th>
            <th scope="col">{columns.status}</th>
            <th scope="col">{columns.used}</th>
            <th scope="col">{columns.expires}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <OwnedKeyCells row={row} to={row.id} />
              <td data-label={columns.expires}>
                <Moment at={row.expiresAt} brief />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
