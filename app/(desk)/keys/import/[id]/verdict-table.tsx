import { Badge } from '@/components/badge';
import type { CheckedKeys, LineVerdict } from '@/lib/keys/import/find-import';

/** What would become of each line, errors first; the rest of a long file is counted. */
export function VerdictTable({ checked }: { checked: CheckedKeys }) {
  const rest = checked.lines - checked.shown.length;
  return (
    <section aria-label="Lines" className="rounded-lg border border-line bg-surface">
      <table className="report">
        <thead className="border-b border-line text-muted">
          <tr>
            <th scope="col">Line</th>
            <th scope="col">Username</th>
            <th scope="col">Name</th>
            <th scope="col">Verdict</th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {checked.shown.map((verdict) => (
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

function VerdictRow({ verdict: { line, username, name, problem } }: { verdict: LineVerdict }) {
  const none = <span className="text-muted">–</span>;
  return (
    <tr>
      <td data-label="Line" className="text-muted tabular-nums">
        {line}
      </td>
      <th scope="row" data-label="Username" className="font-medium wrap-anywhere">
        {username ? <bdi>{username}</bdi> : none}
      </th>
      <td data-label="Name" className="wrap-anywhere">
        {name ? <bdi>{name}</bdi> : none}
      </td>
      <td data-label="Verdict" className="wrap-anywhere">
        {problem === null ? (
          <Badge look="good">will be imported</Badge>
        ) : (
          <span className="font-medium text-danger">{problem}</span>
        )}
      </td>
    </tr>
  );
}
