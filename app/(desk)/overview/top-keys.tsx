import Link from 'next/link';
import type { TopKey } from '@/lib/overview/list-top-keys';
import { KeyHint } from '../keys/key-hint';
import { overviewLabels as labels } from './overview-labels';

export function TopKeys({ keys }: { keys: TopKey[] }) {
  return (
    <section aria-labelledby="top" className="panel">
      <div className="px-4 py-3">
        <h2 id="top">{labels.busiest}</h2>
        <p className="text-muted">{keys.length > 0 ? labels.busiestAbout : labels.noCalls}</p>
      </div>
      {keys.length > 0 ? (
        <table className="report border-t border-line">
          <thead>
            <tr>
              <th scope="col">{labels.username}</th>
              <th scope="col">{labels.key}</th>
              <th scope="col">{labels.called}</th>
              <th scope="col">{labels.refusedCalls}</th>
            </tr>
          </thead>
          <tbody>
            {keys.map((key) => (
              <TopRow key={key.id} topKey={key} />
            ))}
          </tbody>
        </table>
      ) : null}
    </section>
  );
}

function TopRow({
  topKey: { id, ownerId, username, name, hint, calls, refused },
}: {
  topKey: TopKey;
}) {
  return (
    <tr>
      <th scope="row" data-label={labels.username} className="font-medium wrap-anywhere">
        <Link prefetch={false} href={`/users/${ownerId}`} className="text-accent underline">
          <bdi>{username}</bdi>
        </Link>
      </th>
      <td data-label={labels.key}>
        <KeyHint hint={hint} to={id} />
        {name ? <bdi className="ml-2 wrap-anywhere">{name}</bdi> : null}
      </td>
      <td data-label={labels.called} className="tabular-nums">
        {labels.number(calls)}
      </td>
      <td data-label={labels.refusedCalls} className="tabular-nums">
        {labels.number(refused)}
      </td>
    </tr>
  );
}
