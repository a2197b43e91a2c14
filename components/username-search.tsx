import type { ReactNode } from 'react';
import { noWholeKey } from '@/lib/whole-key';
import { TextField } from './field';
import { SearchForm } from './search-form';
import { SelectField } from './select-field';

type Props = {
  path: string;
  statuses: ReadonlyArray<{ value: string; label: string }>;
  params: { username: string; status?: string; sort?: string };
  /** Known later than the rows: they are rendered meanwhile. */
  summary: Promise<string>;
  error?: string;
  keyOffer: ReactNode;
};

/** The filters of a list of records that have a username and a status; the order is kept. */
export async function UsernameSearch({ path, statuses, params, summary, error, keyOffer }: Props) {
  const { username, status, sort } = params;
  return (
    <SearchForm
      path={path}
      values={{ username, status }}
      summary={await summary}
      keyOffer={keyOffer}
      className="sm:grid-cols-[minmax(10rem,22rem)_13rem_auto]"
    >
      <TextField
        label="Username"
        name="username"
        pattern={noWholeKey}
        defaultValue={username}
        error={error}
        autoComplete="off"
        spellCheck={false}
      />
      <SelectField
        label="Status"
        name="status"
        lasting
        defaultValue={status ?? ''}
        options={[{ value: '', label: 'All' }, ...statuses]}
      />
      {sort ? <input type="hidden" name="sort" value={sort} /> : null}
    </SearchForm>
  );
}
