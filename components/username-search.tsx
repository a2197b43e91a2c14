import { TextField } from './field';
import { SearchForm } from './search-form';
import { SelectField } from './select-field';

type Props = {
  path: string;
  statuses: ReadonlyArray<{ value: string; label: string }>;
  params: { username: string; status?: string; sort?: string };
  /** What is to be known of how the username is searched for. */
  hint?: string;
  error?: string;
};

/** The filters of a list of records that have a username and a status; the order is kept. */
export function UsernameSearch({ path, statuses, params, hint, error }: Props) {
  return (
    <SearchForm path={path} className="sm:grid-cols-[minmax(10rem,22rem)_10rem_auto]">
      <TextField
        label="Username"
        name="username"
        defaultValue={params.username}
        hint={hint}
        error={error}
        autoComplete="off"
        spellCheck={false}
      />
      <SelectField
        label="Status"
        name="status"
        defaultValue={params.status ?? ''}
        options={[{ value: '', label: 'All' }, ...statuses]}
      />
      {params.sort ? <input type="hidden" name="sort" value={params.sort} /> : null}
    </SearchForm>
  );
}
