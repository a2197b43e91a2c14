'use client';

import { ago } from '@/app/(desk)/keys/[id]/ago';
import { Moment } from '@/components/moment';
import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import { useFormAction } from '@/components/posting/use-form-action';
import type { FormAction } from '@/lib/forms/form-state';
import type { Overlap, SecretUse } from '@/lib/keys/use/key-use';
import { SourceList } from '../source-list';

type Props = { keyId: string; overlap: Overlap; action: FormAction; mayStop: boolean };

/** Who still calls with the old secret, and who with the new one, while both work. */
export function OverlapPanel({ keyId, overlap, action, mayStop }: Props) {
  const posted = useFormAction(action);
  const { state } = posted;
  return (
    <section aria-labelledby="overlap" className="grid gap-3 panel p-4">
      <h2 id="overlap">Two keys work</h2>
      <p>
        The old key works until <Moment at={new Date(overlap.stopsAt)} />.
      </p>
      <Notice look={overlap.silent ? 'good' : 'warn'}>{oldNews(overlap)}</Notice>
      <table className="report">
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col">Calls in 24 hours</th>
            <th scope="col">Latest addresses</th>
          </tr>
        </thead>
        <tbody>
          <SecretRow name="Old" use={overlap.old} />
          <SecretRow name="New" use={overlap.new} />
        </tbody>
      </table>
      {state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
      {mayStop ? (
        <ActionForm of={posted}>
          <input type="hidden" name="id" value={keyId} />
          <input type="hidden" name="version" value={overlap.old.version} />
          <SubmitButton of={posted} look={overlap.silent ? 'good' : 'secondary'}>
            Stop the old key now
          </SubmitButton>
        </ActionForm>
      ) : null}
      <p className="text-muted">As of half a minute ago. Addresses are what services told.</p>
    </section>
  );
}

function oldNews({ silent, oldLastSeen }: Overlap): string {
  if (!oldLastSeen) return 'No use of the old key is known.';
  const last = `last used ${ago(oldLastSeen.secondsAgo)}`;
  return silent ? `The old key has been silent for an hour: ${last}.` : `The old key was ${last}.`;
}

function SecretRow({ name, use }: { name: string; use: SecretUse }) {
  return (
    <tr>
      <th scope="row" data-label="Key" className="font-medium">
        {name} (No. {use.version})
      </th>
      <td data-label="Calls in 24 hours" className="tabular-nums">
        {use.calls.toLocaleString('en')}
      </td>
      <td data-label="Latest addresses">
        <SourceList sources={use.sources} />
      </td>
    </tr>
  );
}
