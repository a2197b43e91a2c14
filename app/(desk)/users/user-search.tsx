import { TextField } from '@/components/field';
import { SearchForm } from '@/components/search-form';
import { SelectField } from '@/components/select-field';

const statuses = [
  { value: '', label: 'All' },
  { value: 'active', label: 'Active' },
  { value: 'disabled', label: 'Disabled' },
];

type Props = { username: string; status?: string; sort?: string; error?: string };

export function UserSearch({ username, status, sort, error }: Props) {
  return (
    <SearchForm path="/users" className="sm:grid-cols-[minmax(10rem,22rem)_10rem_auto]">
      <TextField
        label="Username"
        name="username"
        type="search"
        defaultValue={username}
        error={error}
        autoComplete="off"
        spellCheck={false}
      />
      <SelectField label="Status" name="status" defaultValue={status ?? ''} options={statuses} />
      {sort ? <input type="hidden" name="sort" value={sort} /> : null}
    </SearchForm>
  );
}
