import type { ReactNode } from 'react';
import { SearchForm } from '@/components/search-form';
import { SelectField } from '@/components/select-field';
import { TextField } from '@/components/text-field';
import { noWholeKey } from '@/lib/forms/whole-key';
import { expiringDays } from '@/lib/keys/key-input';
import { reportLabels as labels } from './report-labels';

export type ReportFilters = Partial<
  Record<'username' | 'q' | 'status' | 'owner' | 'list' | 'sort', string>
>;

type Props = {
  filters: ReportFilters;
  /** Known later than the rows: they are rendered meanwhile. */
  summary: Promise<string>;
  errors: { username?: string | undefined; q?: string | undefined };
  keyOffer: ReactNode;
  /** Says what else the list is narrowed to. */
  children: ReactNode;
};

const statuses = [{ value: '', label: labels.all }, ...labels.statuses(expiringDays)];

/** The filters of the report, in one line. */
export async function KeySearch({ filters, summary, errors, keyOffer, children }: Props) {
  const { username = '', q = '', status = '', ...kept } = filters;
  return (
    <SearchForm
      path="/keys"
      values={{ username, q, status }}
      summary={await summary}
      isSaidElsewhere
      keyOffer={keyOffer}
    >
      <TextField
        label={labels.username}
        name="username"
        defaultValue={username}
        error={errors.username}
        {...ofText}
      />
      <TextField label={labels.keyOrName} name="q" defaultValue={q} error={errors.q} {...ofText} />
      <SelectField
        label={labels.status}
        name="status"
        lasting
        defaultValue={status}
        options={statuses}
      />
      {Object.entries(kept).map(([name, value]) =>
        value ? <input key={name} type="hidden" name={name} value={value} /> : null,
      )}
      {children}
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
