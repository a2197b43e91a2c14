import Link from 'next/link';
import { listPath } from '@/lib/lists/list-path';
import type { OwnedKey } from '@/lib/users/list-keys-of';
import { callWords } from '../../keys/call-labels';
import { userLabels as labels } from '../user-labels';
import { OwnedKeyCells } from './owned-key-cells';

const { columns } = labels;

type Props = { ownerId: string; rows: OwnedKey[]; total: number };

/** The keys of a user and their calls, those used last first, and how many are not named. */
export function LeavingKeys({ ownerId, rows, total }: Props) {
  if (total === 0) return <p className="text-muted">{labels.noKeys}</p>;
  return (
    <section aria-label={labels.theirKeys} className="panel">
      <table className="report">
        <thead>
          <tr>
            <th scope="col">{columns.key}</th>
            <th scope="col">{columns.name}</th>
            <th scope="col">{columns.status}</th>
            <th scope="col">{columns.used}</th>
            <th scope="col">{columns.day}</th>
            <th scope="col">{columns.week}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <OwnedKeyCells row={row} />
              <td data-label={columns.day}>{callWords(row.day)}</td>
              <td data-label={columns.week}>{callWords(row.week)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {total > rows.length ? (
        <p className="border-t border-line px-3 py-2 text-muted">
          {labels.moreKeys(total - rows.length)}{' '}
          <Link
            prefetch={false}
            href={listPath('/keys', { owner: ownerId })}
            className="text-accent underline"
          >
            {labels.allKeys(total)}
          </Link>
        </p>
      ) : null}
    </section>
  );
}
