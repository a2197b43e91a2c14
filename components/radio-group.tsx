'use client';

import { useId } from 'react';
import { usePostedField } from './posting/form-scope';

type Props = {
  label: string;
  name: string;
  options: ReadonlyArray<{ value: string; label: string }>;
  defaultValue: string;
  error?: string;
};

/** A question with few answers; the last one is shown again where a form around knows it. */
export function RadioGroup({ label, name, options, defaultValue, error }: Props) {
  const id = useId();
  const posted = usePostedField(name, defaultValue);
  const shown = error ?? posted.error;
  const [first] = options;
  const isKnown = options.some(({ value }) => value === posted.value);
  const checked = isKnown ? posted.value : first?.value;
  return (
    <div role="radiogroup" aria-labelledby={id} className="grid gap-1">
      <span id={id} className="font-medium">
        {label}
      </span>
      <div className="flex flex-wrap gap-x-2">
        {options.map((option) => (
          <label key={option.value} className="flex min-h-10 items-center gap-2 rounded-md pr-4">
            <input
              type="radio"
              name={name}
              value={option.value}
              defaultChecked={option.value === checked}
              className="size-4 accent-accent"
            />
            {option.label}
          </label>
        ))}
      </div>
      {shown ? (
        <p role="alert" className="font-medium text-danger">
          {shown}
        </p>
      ) : null}
    </div>
  );
}
