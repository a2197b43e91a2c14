'use client';

import { type InputHTMLAttributes, useId } from 'react';
import { controlClass, describedBy, FieldFrame } from './field';
import { usePostedField } from './posting/form-scope';

type Props = InputHTMLAttributes<HTMLInputElement> & {
  label: string;
  name: string;
  defaultValue?: string;
  error?: string;
  hint?: string;
};

/** Shows what was typed last and what was wrong with it, where a form around knows. */
export function TextField({ label, error, hint, defaultValue, ...input }: Props) {
  const id = useId();
  const posted = usePostedField(input.name, defaultValue);
  const shown = error ?? posted.error;
  return (
    <FieldFrame id={id} label={label} error={shown} hint={hint}>
      <input
        type="text"
        {...input}
        {...describedBy(id, shown, hint)}
        defaultValue={posted.value}
        id={id}
        className={controlClass}
      />
    </FieldFrame>
  );
}
