import { FormMessage } from '@/components/form-message';
import { Moment } from '@/components/moment';
import { ActionForm } from '@/components/posting/action-form';
import { FormScope } from '@/components/posting/form-scope';
import { SubmitButton } from '@/components/posting/submit-button';
import type { FormAction } from '@/lib/forms/form-state';
import type { OpenHandOver } from '@/lib/keys/hand-over/find-hand-over';
import { handOverLabels as labels } from './hand-over-labels';

type Props = { keyId: string; handOver: OpenHandOver; action: FormAction; mayEnd: boolean };

/** What waits, until when, and how to end it. */
export function HandOverPanel({ keyId, handOver, action, mayEnd }: Props) {
  const { until, replaces } = handOver;
  return (
    <section aria-labelledby="hand-over" className="panel grid gap-3 p-4">
      <h2 id="hand-over">{labels.title}</h2>
      <p>
        {labels.until} <Moment at={until} exact /> {labels.zone}. {proofText(handOver)}
        {replaces ? labels.replaces : labels.isNew}
      </p>
      {mayEnd ? (
        <FormScope action={action}>
          <FormMessage />
          <ActionForm>
            <input type="hidden" name="id" value={keyId} />
            <SubmitButton>{labels.end}</SubmitButton>
          </ActionForm>
        </FormScope>
      ) : null}
    </section>
  );
}

function proofText({ withCode, signOn, onlyFor }: OpenHandOver): string {
  if (signOn) return `${onlyFor ? labels.onlyFor(onlyFor) : labels.forNobody} `;
  return withCode ? `${labels.withCode} ` : '';
}
