import { ActionForm } from '@/components/posting/action-form';
import { FormScope } from '@/components/posting/form-scope';
import { SubmitButton } from '@/components/posting/submit-button';
import type { FormAction } from '@/lib/forms/form-state';
import { mostKeys } from '@/lib/keys/bulk/bulk-input';
import type { Counted } from '@/lib/lists/page';
import { bulkVerbLabels } from './bulk/[id]/bulk-labels';
import { bulkBarLabels as labels } from './bulk-bar-labels';
import { BulkRefusal } from './bulk-refusal';
import type { ReportFilters } from './key-search';
import { bulkFormId } from './report-forms';
import { Selected } from './selected';

type Props = { action: FormAction; filters: ReportFilters; counted: Promise<Counted> };

/**
 * What may be done with the rows that are ticked, or with all that match. The style shows it while
 * something is ticked, with and without JavaScript.
 */
export async function BulkBar({ action, filters, counted }: Props) {
  const { total, isExact } = await counted;
  const { sort: _, ...filter } = filters;
  return (
    <FormScope action={action}>
      <BulkRefusal />
      <ActionForm id={bulkFormId} aria-label={labels.title} autoComplete="off" className="bulk">
        {Object.entries(filter).map(([name, value]) =>
          value ? <input key={name} type="hidden" name={name} value={value} /> : null,
        )}
        <Selected />
        {isExact && total <= mostKeys ? (
          <label>
            <input type="checkbox" name="all" value="yes" />
            {labels.selectAll(total)}
          </label>
        ) : (
          <span className="text-muted">{labels.tooMany(mostKeys)}</span>
        )}
        <button type="reset" className="link">
          {labels.clear}
        </button>
        <span className="verbs">
          {bulkVerbLabels.map(({ value, label }) => (
            <SubmitButton
              key={value}
              name="verb"
              value={value}
              size="small"
              look={value === 'delete' ? 'danger' : 'secondary'}
            >
              {label}
            </SubmitButton>
          ))}
        </span>
      </ActionForm>
    </FormScope>
  );
}
