import { TextField } from '@/components/text-field';
import { YesNo } from '@/components/yes-no';
import { type FormState, fieldError, typedValue } from '@/lib/forms/form-state';

export type UserValues = {
  username: string;
  displayName: string;
  email: string;
  active: 'yes' | 'no';
};

/** What is asked of a user, new or not. */
export function UserFields({ state, initial }: { state: FormState<unknown>; initial: UserValues }) {
  const shown = (name: keyof UserValues) => ({
    name,
    defaultValue: typedValue(state, name, initial[name]),
    error: fieldError(state, name),
    autoComplete: 'off',
  });
  return (
    <>
      <input type="hidden" name="lookalike" value={typedValue(state, 'lookalike')} />
      <TextField
        label="Username"
        autoCapitalize="none"
        spellCheck={false}
        hint="1 to 64 characters. Names that look the same are the same: upper and lower case, wide letters, blanks."
        {...shown('username')}
      />
      <TextField label="Display name" {...shown('displayName')} />
      <TextField label="Email" inputMode="email" spellCheck={false} {...shown('email')} />
      <YesNo
        label="Active"
        name="active"
        defaultValue={shown('active').defaultValue === 'no' ? 'no' : 'yes'}
        error={fieldError(state, 'active')}
      />
    </>
  );
}
