'use client';

import { useId } from 'react';
import { describedBy } from './field';
import { usePostedField } from './posting/form-scope';

export type CheckboxGroup = {
  legend: string;
  options: readonly { value: string; label: string }[];
};

type Props = {
  label: string;
  name: string;
  groups: readonly CheckboxGroup[];
  /** The values that are ticked at first. */
  chosen: readonly string[];
};

/** Many checkboxes under one name, in groups. After a refusal the ticks are put back. */
export function CheckboxGroups({ label, name, groups, chosen }: Props) {
  const id = useId();
  const { value, error } = usePostedField(name, chosen.join('\n'));
  const ticked = new Set(value.split('\n'));
  return (
    <fieldset className="grid gap-4" {...describedBy(id, error)}>
      <legend className="font-medium">{label}</legend>
      {error ? (
        <p id={`${id}-error`} role="alert" className="problem">
          {error}
        </p>
      ) : null}
      {groups.map(({ legend, options }) => (
        <fieldset key={legend}>
          <legend className="text-muted">{legend}</legend>
          <div className="grid gap-x-4 sm:grid-cols-2">
            {options.map((option) => (
              <label key={option.value} className="flex min-h-8 items-center gap-2">
                <input
                  type="checkbox"
                  name={name}
                  value={option.value}
                  defaultChecked={ticked.has(option.value)}
                  className="size-4 accent-accent"
                />
                {option.label}
              </label>
            ))}
          </div>
        </fieldset>
      ))}
    </fieldset>
  );
}
