import { SearchForm } from '@/components/search-form';
import { SelectField } from '@/components/select-field';
import { TextField } from '@/components/text-field';
import { auditActionNames, auditActions } from '@/lib/audit/audit-actions';
import type { AuditFilters } from '@/lib/audit/audit-input';
import { noWholeKey } from '@/lib/forms/whole-key';
import { listPath } from '@/lib/lists/list-path';
import { identifyKeyAction } from '../keys/identify/actions';
import { WholeKeyOffer } from '../keys/identify/whole-key-offer';
import { auditLabels as labels } from './audit-labels';
import { OwnerEvents } from './owner-events';

const actions = [
  { value: '', label: labels.all },
  ...auditActionNames.map((name) => ({ value: name, label: auditActions[name] })),
];

type Props = {
  filters: AuditFilters;
  /** A whole key was taken out of the address, as the page says. */
  tookKey: boolean;
  errors: { actor?: string; target?: string };
  /** Of the user whose keys alone are meant; null where nobody has that id. */
  ownerName: string | null;
  /** Known later than the rows: they are rendered meanwhile. */
  summary: Promise<string>;
};

export async function AuditSearch({ filters, tookKey, errors, ownerName, summary }: Props) {
  const { owner, ...values } = filters;
  return (
    <SearchForm
      path="/audit"
      values={values}
      summary={await summary}
      keyOffer={
        <WholeKeyOffer action={identifyKeyAction} only={tookKey ? 'with JavaScript' : undefined} />
      }
      // A style can see that a text was typed, but not that a day was chosen.
      className={filters.from || filters.to ? 'narrowed' : ''}
    >
      <TextField
        label={labels.actor}
        name="actor"
        type="search"
        defaultValue={filters.actor}
        error={errors.actor}
        {...ofText}
      />
      <SelectField
        label={labels.action}
        name="action"
        lasting
        defaultValue={filters.action ?? ''}
        options={actions}
      />
      <TextField
        label={labels.target}
        name="target"
        type="search"
        defaultValue={filters.target}
        error={errors.target}
        {...ofText}
      />
      <TextField label={labels.from} name="from" type="date" defaultValue={filters.from} />
      <TextField label={labels.to} name="to" type="date" defaultValue={filters.to} />
      {owner ? (
        <>
          <OwnerEvents username={ownerName} without={listPath('/audit', values)} />
          <input type="hidden" name="owner" value={owner} />
        </>
      ) : null}
    </SearchForm>
  );
}

/** The placeholder is a blank: by it the style knows whether something was typed. */
const ofText = {
  placeholder: ' ',
  pattern: noWholeKey,
  autoComplete: 'off',
  spellCheck: false,
} as const;
