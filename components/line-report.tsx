import type { ReactNode } from 'react';
import { Badge } from './badge';
import { importLabels } from './import-labels';

type Props = { columns: readonly string[]; rest: number; children: ReactNode };

/** What would become of the lines of a checked file; those that are not shown are counted. */
export function LineReport({ columns, rest, children }: Props) {
  return (
    <section aria-label={importLabels.lines} className="panel">
      <table className="report">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
      {rest > 0 ? (
        <p className="border-t border-line px-3 py-2 text-muted">{importLabels.more(rest)}</p>
      ) : null}
    </section>
  );
}

/** Lines of which nothing needs to be said, out of sight until somebody wants to see them. */
export function FoldedLines({ count, children }: { count: number; children: ReactNode }) {
  if (count === 0) return null;
  return (
    <details>
      <summary className="min-h-8 font-medium text-accent">{importLabels.allLines(count)}</summary>
      <div className="pt-2">{children}</div>
    </details>
  );
}

type RowProps = {
  line: number;
  username: string;
  problem: string | null;
  /** Why it needs a second look; it would be added all the same. */
  warning?: string | null;
  /** What becomes of a line without a problem. */
  good: string;
  /** Cells between the username and the verdict. */
  children?: ReactNode;
};

export function LineRow({ line, username, problem, warning, good, children }: RowProps) {
  return (
    <tr>
      <td data-label={importLabels.line} className="text-muted tabular-nums">
        {line}
      </td>
      <th scope="row" data-label={importLabels.username} className="font-medium wrap-anywhere">
        {username ? <bdi>{username}</bdi> : <span className="text-muted">–</span>}
      </th>
      {children}
      <td data-label={importLabels.result} className="wrap-anywhere">
        {problem === null ? (
          <Badge look="good">{good}</Badge>
        ) : (
          <span className="font-medium text-danger">{problem}</span>
        )}
        {warning ? <span className="ml-2">{warning}</span> : null}
      </td>
    </tr>
  );
}
