import { type SelectHTMLAttributes, useId } from 'react';
import { controlClass, FieldFrame } from './field';

type Props = SelectHTMLAttributes<HTMLSelectElement> & {
  label: string;
  name: string;
  options: ReadonlyArray<{ value: string; label: string }>;
  /** In a form that sets its fields itself: the element stays, and with it the focus. */
  lasting?: boolean;
};

export function SelectField({ label, options, lasting, ...select }: Props) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label}>
      {/* React resets a form after its action, but not a select to a new default: a new one is. */}
      <select
        key={lasting ? undefined : `${select.defaultValue}`}
        {...select}
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
