import { Badge } from '@/components/badge';
import type { Verdict } from '@/lib/users/import/judge-lines';

const mostShown = 200;

/** What would become of each line, errors first; the rest of a long file is counted. */
export function VerdictTable({ verdicts }: { verdicts: Verdict[] }) {
  const sorted = [
    ...verdicts.filter(({ problem }) => problem !== null),
    ...verdicts.filter(({ problem }) => problem === null),
  ];
  const rest = sorted.length - mostShown;
  return (
    <section aria-label="Lines" className="rounded-lg border border-line bg-surface">
      <table className="report">
        <thead className="border-b border-line text-muted">
          <tr>
            <th scope="col">Line</th>
            <th scope="col">Username</th>
            <th scope="col">Verdict</th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {sorted.slice(0, mostShown).map((verdict) => (
            <VerdictRow key={verdict.line} verdict={verdict} />
          ))}
        </tbody>
      </table>
      {rest > 0 ? (
        <p className="border-t border-line px-3 py-2 text-muted">
          and {rest.toLocaleString('en')} more {rest === 1 ? 'line' : 'lines'}
        </p>
      ) : null}
    </section>
  );
}

function VerdictRow({ verdict }: { verdict: Verdict }) {
  const { line, username, active, problem } = verdict;
  return (
    <tr>
      <td data-label="Line" className="text-muted tabular-nums">
        {line}
      </td>
      <th scope="row" data-label="Username" className="font-medium wrap-anywhere">
        {username ? <bdi>{username}</bdi> : <span className="text-muted">–</span>}
      </th>
      <td data-label="Verdict" className="wrap-anywhere">
        {problem === null ? (
          <Badge look="good">{active ? 'will be added' : 'will be added, disabled'}</Badge>
        ) : (
          <span className="font-medium text-danger">{problem}</span>
        )}
      </td>
    </tr>
  );
}
