import { LineReport, LineRow } from '@/components/line-report';
import type { Verdict } from '@/lib/users/import/judge-lines';

const mostShown = 200;

/** What would become of each line, errors first, then warnings; the rest of a long file is counted. */
export function VerdictTable({ verdicts }: { verdicts: Verdict[] }) {
  const sorted = [
    ...verdicts.filter(({ problem }) => problem !== null),
    ...verdicts.filter(({ problem, warning }) => problem === null && warning !== null),
    ...verdicts.filter(({ problem, warning }) => problem === null && warning === null),
  ];
  return (
    <LineReport columns={['Line', 'Username', 'Verdict']} rest={sorted.length - mostShown}>
      {sorted.slice(0, mostShown).map(({ line, username, active, problem, warning }) => (
        <LineRow
          key={line}
          line={line}
          username={username}
          problem={problem}
          warning={warning}
          good={active ? 'will be added' : 'will be added, disabled'}
        />
      ))}
    </LineReport>
  );
}
