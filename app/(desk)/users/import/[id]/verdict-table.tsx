import { importLabels } from '@/components/import-labels';
import { FoldedLines, LineReport, LineRow } from '@/components/line-report';
import type { Verdict } from '@/lib/users/import/judge-lines';
import { importUsersLabels as labels } from '../import-users-labels';

const mostShown = 200;

/** The lines with a problem, then those that look like others; the rest is folded away. */
export function VerdictTable({ verdicts }: { verdicts: Verdict[] }) {
  const isPlain = ({ problem, warning }: Verdict) => problem === null && warning === null;
  const wrong = verdicts.filter(({ problem }) => problem !== null);
  const alike = verdicts.filter(({ problem, warning }) => problem === null && warning !== null);
  const right = verdicts.filter(isPlain);
  return (
    <>
      {right.length < verdicts.length ? <Lines verdicts={[...wrong, ...alike]} /> : null}
      <FoldedLines count={right.length}>
        <Lines verdicts={right} />
      </FoldedLines>
    </>
  );
}

const columns = [importLabels.line, importLabels.username, importLabels.result];

/** Of very many lines the first, and how many are not shown. */
function Lines({ verdicts }: { verdicts: Verdict[] }) {
  return (
    <LineReport columns={columns} rest={verdicts.length - mostShown}>
      {verdicts.slice(0, mostShown).map(({ line, username, active, problem, warning }) => (
        <LineRow
          key={line}
          line={line}
          username={username}
          problem={problem}
          warning={warning}
          good={labels.willBe(active)}
        />
      ))}
    </LineReport>
  );
}
