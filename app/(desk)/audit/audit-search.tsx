import { TextField } from '@/components/field';
import { SearchForm } from '@/components/search-form';
import { SelectField } from '@/components/select-field';
import { auditActionNames, auditActions } from '@/lib/audit/audit-actions';
import type { AuditFilters } from '@/lib/audit/audit-input';

const actions = [
  { value: '', label: 'All' },
  ...auditActionNames.map((name) => ({ value: name, label: auditActions[name] })),
];

type Props = {
  filters: AuditFilters;
  errors: { actor?: string; target?: string };
  /** Known later than the rows: they are rendered meanwhile. */
  summary: Promise<string>;
};

export async function AuditSearch({ filters, errors, summary }: Props) {
  return (
    <SearchForm
      path="/audit"
      values={filters}
      summary={await summary}
      className="sm:grid-cols-2 lg:grid-cols-[repeat(5,minmax(8rem,1fr))_auto]"
    >
      <TextField
        label="Actor"
        name="actor"
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
