import { SearchForm } from '@/components/search-form';
import { SelectField } from '@/components/select-field';
import { TextField } from '@/components/text-field';
import { auditActionNames, auditActions } from '@/lib/audit/audit-actions';
import type { AuditFilters } from '@/lib/audit/audit-input';
import { noWholeKey } from '@/lib/forms/whole-key';
import { identifyKeyAction } from '../keys/identify/actions';
import { WholeKeyOffer } from '../keys/identify/whole-key-offer';

const actions = [
  { value: '', label: 'All' },
  ...auditActionNames.map((name) => ({ value: name, label: auditActions[name] })),
];

type Props = {
  filters: AuditFilters;
  /** A whole key was taken out of the address, as the page says. */
  tookKey: boolean;
  errors: { actor?: string; target?: string };
  /** Known later than the rows: they are rendered meanwhile. */
  summary: Promise<string>;
};

export async function AuditSearch({ filters, tookKey, errors, summary }: Props) {
  return (
    <SearchForm
      path="/audit"
      values={filters}
      summary={await summary}
      keyOffer={
        <WholeKeyOffer action={identifyKeyAction} only={tookKey ? 'with JavaScript' : undefined} />
      }
      className="sm:grid-cols-2 lg:grid-cols-[repeat(5,minmax(8rem,1fr))_auto]"
    >
      <TextField
        label="Actor"
        name="actor"
        pattern={noWholeKey}
        type="search"
        defaultValue={filters.actor}
        error={errors.actor}
        autoComplete="off"
        spellCheck={false}
      />
      <SelectField
        label="Action"
        name="action"
        lasting
        defaultValue={filters.action ?? ''}
        options={actions}
      />
      <TextField
        label="Target"
        name="target"
        pattern={noWholeKey}
        type="search"
        defaultValue={filters.target}
        error={errors.target}
        autoComplete="off"
        spellCheck={false}
      />
      <TextField label="From" name="from" type="date" defaultValue={filters.from} />
      <TextField label="To" name="to" type="date" defaultValue={filters.to} />
    </SearchForm>
  );
}
