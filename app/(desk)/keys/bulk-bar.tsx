'use client';

import { Button } from '@/components/button';
import { controlClass } from '@/components/field';
import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import { useFormAction } from '@/components/posting/use-form-action';
import type { FormAction } from '@/lib/forms/form-state';
import type { KeyFilter } from '@/lib/keys/key-input';
import { bulkVerbLabels } from './bulk/[id]/bulk-labels';
import { bulkFormId } from './bulk-form-id';
import { useSelection } from './use-selection';

type Props = { action: FormAction; params: KeyFilter };

/** What may be done with the rows that are ticked, or with all that the search finds. */
export function BulkBar({ action, params }: Props) {
  const posted = useFormAction(action);
  const { state } = posted;
  const { selected, togglePage } = useSelection();
  return (
    <ActionForm
      of={posted}
      id={bulkFormId}
      aria-label="Change many keys"
      className="grid gap-2 border-t border-line px-3 py-2"
    >
      {state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
      {state.status === 'invalid' ? (
        <Notice look="bad">{Object.values(state.fieldErrors)[0]}</Notice>
      ) : null}
      <input type="hidden" name="username" value={params.username} />
      <input type="hidden" name="q" value={params.q} />
      <input type="hidden" name="status" value={params.status ?? ''} />
      <input type="hidden" name="owner" value={params.owner ?? ''} />
      <input type="hidden" name="list" value={params.list ?? ''} />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 min-[60rem]:justify-end">
        {selected === null ? null : (
          <Button size="small" look="quiet" onClick={togglePage}>
            {selected === 0 ? 'Select page' : `${selected} selected`}
          </Button>
        )}
        <label className="inline-flex min-h-8 items-center gap-2">
          <input
            type="checkbox"
            name="all"
            value="yes"
            autoComplete="off"
            className="size-4 accent-accent"
          />
          All that the search finds, up to 10,000
        </label>
        <select name="verb" aria-label="What to do" className={`${controlClass} max-w-40`}>
          {bulkVerbLabels.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
        <SubmitButton of={posted} size="small">
          Change keys
        </SubmitButton>
      </div>
    </ActionForm>
  );
}
