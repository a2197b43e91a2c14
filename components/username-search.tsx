import type { ReactNode } from 'react';
import { noWholeKey } from '@/lib/forms/whole-key';
import { listLabels } from './list-labels';
import { SearchForm } from './search-form';
import { SelectField } from './select-field';
import { TextField } from './text-field';

type Props = {
  path: string;
  statuses: ReadonlyArray<{ value: string; label: string }>;
  /** Those without a field of their own are kept. */
  params: {
    username: string;
    status?: string;
    kind?: string;
    sort?: string;
    owner?: string;
    list?: string;
  };
  /** A second choice beside the status. */
  kinds?: { label: string; options: ReadonlyArray<{ value: string; label: string }> };
  /** Known later than the rows: they are rendered meanwhile. */
  summary: Promise<string>;
  /** What the text finds beside usernames. */
  hint?: string;
  error?: string;
  keyOffer: ReactNode;
  /** Says what else the list is narrowed to. */
  children?: ReactNode;
};

/** The filters of a list of records that have a username and a status. */
export async function UsernameSearch(props: Props) {
  const { path, statuses, kinds, params, summary, hint, error, keyOffer, children } = props;
  const { username, status, kind, ...kept } = params;
  return (
    <SearchForm
      path={path}
      values={{ username, status, ...(kinds ? { kind } : {}) }}
      summary={await summary}
      keyOffer={keyOffer}
    >
      {children}
      <TextField
        label={listLabels.username}
        name="username"
        pattern={noWholeKey}
        defaultValue={username}
        hint={hint}
        error={error}
        autoComplete="off"
        spellCheck={false}
      />
      <SelectField
        label={listLabels.status}
        name="status"
        lasting
        defaultValue={status ?? ''}
        options={[{ value: '', label: listLabels.all }, ...statuses]}
      />
      {kinds ? (
        <SelectField
          label={kinds.label}
          name="kind"
          lasting
          defaultValue={kind ?? ''}
          options={[{ value: '', label: listLabels.all }, ...kinds.options]}
        />
      ) : null}
      {Object.entries(kept).map(([name, value]) =>
        value ? <input key={name} type="hidden" name={name} value={value} /> : null,
      )}
    </SearchForm>
  );
}
