import { LineReport, LineRow } from '@/components/line-report';
import type { CheckedKeys } from '@/lib/keys/import/find-import';

/** What would become of each line, errors first; the rest of a long file is counted. */
export function VerdictTable({ checked }: { checked: CheckedKeys }) {
  return (
    <LineReport
      columns={['Line', 'Username', 'Name', 'Verdict']}
      rest={checked.lines - checked.shown.length}
    >
      {checked.shown.map(({ name, ...verdict }) => (
        <LineRow key={verdict.line} {...verdict} good="will be imported">
          <td data-label="Name" className="wrap-anywhere">
            {name ? <bdi>{name}</bdi> : <span className="text-muted">–</span>}
          </td>
        </LineRow>
      ))}
    </LineReport>
  );
}
