import { FormMessage } from '@/components/form-message';
import { Moment } from '@/components/moment';
import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { FormScope } from '@/components/posting/form-scope';
import { SubmitButton } from '@/components/posting/submit-button';
import type { FormAction } from '@/lib/forms/form-state';
import type { Overlap, SecretUse } from '@/lib/keys/use/key-use';
import { SourceList } from '../source-list';
import { overlapLabels as labels } from './overlap-labels';

type Props = {
  keyId: string;
  overlap: Overlap;
  /** Absent for readers who may not stop the old secret. */
  action?: FormAction | undefined;
};

/** Who still calls with the old secret, and who with the new one, while both work. */
export function OverlapPanel({ keyId, overlap, action }: Props) {
  return (
    <section aria-labelledby="overlap" className="panel grid gap-3 p-4">
      <h2 id="overlap">{labels.title}</h2>
      <p>
        {labels.until} <Moment at={new Date(overlap.stopsAt)} exact /> {labels.zone}.
      </p>
      <Notice look={overlap.silent ? 'good' : 'warn'}>{oldNews(overlap)}</Notice>
      <table className="report">
        <thead>
          <tr>
            <th scope="col">{labels.key}</th>
            <th scope="col">{labels.calls}</th>
            <th scope="col">{labels.addresses}</th>
          </tr>
        </thead>
        <tbody>
          <SecretRow name={labels.old(overlap.old.version)} use={overlap.old} />
          <SecretRow name={labels.new(overlap.new.version)} use={overlap.new} />
        </tbody>
      </table>
      {action ? (
        <FormScope action={action}>
          <FormMessage />
          <ActionForm>
            <input type="hidden" name="id" value={keyId} />
            <input type="hidden" name="version" value={overlap.old.version} />
            <SubmitButton look={overlap.silent ? 'good' : 'secondary'}>{labels.stop}</SubmitButton>
          </ActionForm>
        </FormScope>
      ) : null}
      <p className="text-muted">{labels.note}</p>
    </section>
  );
}

function oldNews({ silent, oldLastSeen }: Overlap): string {
  if (!oldLastSeen) return labels.unused;
  return silent ? labels.silent(oldLastSeen.secondsAgo) : labels.used(oldLastSeen.secondsAgo);
}

function SecretRow({ name, use }: { name: string; use: SecretUse }) {
  return (
    <tr>
      <th scope="row" data-label={labels.key} className="font-medium">
        {name}
      </th>
      <td data-label={labels.calls} className="tabular-nums">
        {labels.number(use.calls)}
      </td>
      <td data-label={labels.addresses}>
        <SourceList sources={use.sources} />
      </td>
    </tr>
  );
}
