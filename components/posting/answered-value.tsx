'use client';

import { usePostedField } from './form-scope';

/** A hidden field with the value that the last answer gave it, such as the name of a warning. */
export function AnsweredValue({ name }: { name: string }) {
  return <input type="hidden" name={name} value={usePostedField(name).value} />;
}
