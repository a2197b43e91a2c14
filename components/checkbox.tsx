'use client';

import { useId } from 'react';
import { describedBy } from './field';
import { usePostedField } from './posting/form-scope';

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
  const posted = usePostedField(name, defaultChecked ? 'yes' : '');
  const shown = error ?? posted.error;
  return (
    <div className="grid gap-1">
      <label className="flex min-h-8 items-center gap-2 font-medium">
        <input
          type="checkbox"
          name={name}
          value="yes"
          defaultChecked={posted.value === 'yes'}
          className="size-4 shrink-0 accent-accent"
          {...describedBy(id, shown, hint)}
        />
        <span className="wrap-anywhere">{label}</span>
      </label>
      {hint ? (
        <p id={`${id}-hint`} className="-mt-1.5 pl-6 text-muted">
          {hint}
        </p>
      ) : null}
      {shown ? (
        <p id={`${id}-error`} role="alert" className="problem">
          {shown}
        </p>
      ) : null}
    </div>
  );
}
