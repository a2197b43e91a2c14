'use client';

import { type SelectHTMLAttributes, useId } from 'react';
import { controlClass, describedBy, FieldFrame } from './field';
import { usePostedField } from './posting/form-scope';

type Props = SelectHTMLAttributes<HTMLSelectElement> & {
  label: string;
  name: string;
  defaultValue?: string;
  hint?: string;
  options: ReadonlyArray<{ value: string; label: string }>;
  /** In a form that sets its fields itself: the element stays, and with it the focus. */
  lasting?: boolean;
};

/** Shows what was chosen last, where a form around knows. */
export function SelectField({ label, options, lasting, hint, defaultValue, ...select }: Props) {
  const id = useId();
  const { value, error } = usePostedField(select.name, defaultValue);
  return (
    <FieldFrame id={id} label={label} error={error} hint={hint}>
      {/* React resets a form after its action, but not a select to a new default: a new one is. */}
      <select
        key={lasting ? undefined : value}
        {...select}
        {...describedBy(id, error, hint)}
        defaultValue={value}
        id={id}
        className={controlClass}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}
