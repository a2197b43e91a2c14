import { importLabels } from '@/components/import-labels';
import { FoldedLines, LineReport, LineRow } from '@/components/line-report';
import type { CheckedKeys, LineVerdict } from '@/lib/keys/import/find-import';
import { importKeysLabels } from '../import-keys-labels';

/** The lines with a problem; the others are folded away. Of a long file the rest is counted. */
export function VerdictTable({ checked: { lines, bad, shown } }: { checked: CheckedKeys }) {
  const wrong = shown.filter(({ problem }) => problem !== null);
  const right = shown.filter(({ problem }) => problem === null);
  return (
    <>
      {bad > 0 ? <Lines verdicts={wrong} total={bad} /> : null}
      <FoldedLines count={lines - bad}>
        <Lines verdicts={right} total={lines - bad} />
      </FoldedLines>
    </>
  );
}

const columns = [
  importLabels.line,
  importLabels.username,
  importKeysLabels.name,
  importLabels.result,
];

function Lines({ verdicts, total }: { verdicts: LineVerdict[]; total: number }) {
  return (
    <LineReport columns={columns} rest={total - verdicts.length}>
      {verdicts.map(({ name, ...verdict }) => (
        <LineRow key={verdict.line} {...verdict} good={importKeysLabels.willBe}>
          <td data-label={importKeysLabels.name} className="wrap-anywhere">
            {name ? <bdi>{name}</bdi> : <span className="text-muted">–</span>}
          </td>
        </LineRow>
      ))}
    </LineReport>
  );
}
