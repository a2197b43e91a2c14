import { TextField } from '@/components/text-field';
import { type FormState, fieldError, typedValue } from '@/lib/forms/form-state';
import { keyActions } from './key-action-labels';

/** What may become of the keys; none is chosen at first, for each is right for somebody. */
export function KeyActionField({ state, keys }: { state: FormState<unknown>; keys: string }) {
  const error = fieldError(state, 'keyAction');
  const chosen = typedValue(state, 'keyAction');
  return (
    <fieldset className="grid gap-3 panel p-4">
      <legend className="sr-only">What becomes of {keys}?</legend>
      {Object.entries(keyActions).map(([keyAction, { label, hint }]) => (
        <label key={keyAction} className="flex items-start gap-2">
          <input
            type="radio"
            name="keyAction"
            value={keyAction}
            defaultChecked={keyAction === chosen}
            className="mt-1 size-4 accent-accent"
          />
          <span>
            <span className="block font-medium">{label}</span>
            <span className="block text-muted">{hint}</span>
          </span>
        </label>
      ))}
      <TextField
        label="New owner"
        name="to"
        defaultValue={typedValue(state, 'to')}
        error={fieldError(state, 'to')}
        hint="The username, where the keys are handed over."
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      {error ? (
        <p role="alert" className="font-medium text-danger">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
