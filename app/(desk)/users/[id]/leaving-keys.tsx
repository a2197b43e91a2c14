import Link from 'next/link';
import { listPath } from '@/lib/lists/list-path';
import type { OwnedKey } from '@/lib/users/list-keys-of';
import { callWords } from '../../keys/call-labels';
import { OwnedKeyCells } from './owned-key-cells';

type Props = { ownerId: string; rows: OwnedKey[]; total: number };

/** The keys of a user and their calls, those used last first, and how many are not named. */
export function LeavingKeys({ ownerId, rows, total }: Props) {
  if (total === 0) return <p className="text-muted">They have no keys.</p>;
  return (
    <section aria-label="Their keys" className="panel">
      <table className="report">
        <thead>
          <tr>
            <th scope="col">API Key</th>
            <th scope="col">Name</th>
            <th scope="col">Status</th>
            <th scope="col">Last used</th>
            <th scope="col">In 24 hours</th>
            <th scope="col">In 7 days</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <OwnedKeyCells row={row} />
              <td data-label="In 24 hours">{callWords(row.day)}</td>
              <td data-label="In 7 days">{callWords(row.week)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {total > rows.length ? (
        <p className="border-t border-line px-3 py-2 text-muted">
          And {(total - rows.length).toLocaleString('en')} more, used earlier or never.{' '}
          <Link
            prefetch={false}
            href={listPath('/keys', { owner: ownerId })}
            className="text-accent underline"
          >
            All {total.toLocaleString('en')} keys
          </Link>
        </p>
      ) : null}
    </section>
  );
}
