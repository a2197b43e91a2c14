import { useId } from 'react';
import { describedBy } from './field';

type Props = {
  label: string;
  name: string;
  defaultChecked: boolean;
  hint?: string;
  error?: string;
};

/** Sends `yes` where it is ticked, and nothing otherwise. */
export function Checkbox({ label, name, defaultChecked, hint, error }: Props) {
  const id = useId();
  return (
    <div className="grid gap-1">
      <label className="flex min-h-8 items-center gap-2 font-medium">
        <input
          type="checkbox"
          name={name}
          value="yes"
          defaultChecked={defaultChecked}
          className="size-4 accent-accent"
          {...describedBy(id, error, hint)}
        />
        {label}
      </label>
      {hint ? (
        <p id={`${id}-hint`} className="text-muted">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} role="alert" className="font-medium text-danger">
          {error}
        </p>
      ) : null}
    </div>
  );
}
