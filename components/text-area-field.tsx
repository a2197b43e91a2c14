'use client';

import { type TextareaHTMLAttributes, useId } from 'react';
import { controlClass, describedBy, FieldFrame } from './field';
import { usePostedField } from './posting/form-scope';

type Props = TextareaHTMLAttributes<HTMLTextAreaElement> & {
  label: string;
  name: string;
  defaultValue?: string;
  hint?: string;
};

/** A field of several lines; shows what was typed last, where a form around knows. */
export function TextAreaField({ label, hint, defaultValue, ...area }: Props) {
  const id = useId();
  const { value, error } = usePostedField(area.name, defaultValue);
  return (
    <FieldFrame id={id} label={label} error={error} hint={hint}>
      <textarea
        {...area}
        {...describedBy(id, error, hint)}
        defaultValue={value}
        id={id}
        className={`${controlClass} py-2`}
      />
    </FieldFrame>
  );
}
