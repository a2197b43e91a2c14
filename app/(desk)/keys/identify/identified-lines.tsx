import { Badge } from '@/components/badge';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import type { PostedForm } from '@/components/posting/use-form-action';
import type { IdentifiedLine } from '@/lib/keys/identify-lines';
import { KeyHint } from '../key-hint';
import { KeyStatusBadge } from '../key-status-badge';
import { works } from './identified-record';
import { identifyLabels as labels } from './identify-labels';

type FoundLine = Extract<IdentifiedLine, { outcome: 'found' }>;
type Props = { lines: IdentifiedLine[]; switching: PostedForm };

/** What each line is. Lines with keys come first, because a leak may have a thousand others. */
export function IdentifiedLines({ lines, switching }: Props) {
  const found = lines.filter((line): line is FoundLine => line.outcome === 'found');
  const others = lines.filter((line) => line.outcome !== 'found');
  const good = new Set(found.filter(works).map(({ key }) => key.id));
  return (
    <div className="grid gap-3">
      <p role="status">{labels.counts(found.length, lines.length)}</p>
      {good.size > 0 ? <SwitchOffAll ids={[...good]} of={switching} /> : null}
      <section aria-label={labels.lines} className="panel">
        <table className="report">
          <thead>
            <tr>
              <th scope="col">{labels.columns.line}</th>
              <th scope="col">{labels.columns.apiKey}</th>
              <th scope="col">{labels.columns.username}</th>
              <th scope="col">{labels.columns.status}</th>
            </tr>
          </thead>
          <tbody>
            {found.map((line) => (
              <FoundRow key={line.line} found={line} />
            ))}
            {others.map(({ line, outcome }) => (
              <tr key={line}>
                <th scope="row" data-label={labels.columns.line}>
                  {line}
                </th>
                <td colSpan={3} data-label={labels.columns.apiKey} className="text-muted">
                  {outcome === 'mistyped' ? labels.mistyped : labels.notOurs}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

function FoundRow({ found }: { found: FoundLine }) {
  const { line, key } = found;
  return (
    <tr>
      <th scope="row" data-label={labels.columns.line}>
        {line}
      </th>
      <td data-label={labels.columns.apiKey}>
        <KeyHint hint={key.hint} to={key.deleted ? undefined : key.id} />
      </td>
      <td data-label={labels.columns.username} className="wrap-anywhere">
        <bdi>{key.username}</bdi>
      </td>
      <td data-label={labels.columns.status}>
        <LineStatus found={found} />
      </td>
    </tr>
  );
}

function LineStatus({ found: { current, standing, key } }: { found: FoundLine }) {
  if (key.deleted) return <Badge look="plain">{labels.badges.deleted}</Badge>;
  if (!standing) return <Badge look="plain">{labels.badges.replaced}</Badge>;
  const badge = <KeyStatusBadge status={key.status} ownerActive={key.ownerActive} />;
  if (current) return badge;
  return (
    <span className="inline-grid justify-items-start gap-1">
      {badge}
      <Badge look="warn">{labels.badges.inOverlap}</Badge>
    </span>
  );
}

/** Leads to the question of a bulk change. Only ids are sent, because the page no longer has the secrets. */
function SwitchOffAll({ ids, of: posted }: { ids: string[]; of: PostedForm }) {
  return (
    <ActionForm of={posted}>
      <input type="hidden" name="verb" value="deactivate" />
      {ids.map((id) => (
        <input key={id} type="hidden" name="key" value={id} />
      ))}
      <SubmitButton of={posted} look="danger">
        {labels.switchOffAll}
      </SubmitButton>
    </ActionForm>
  );
}
