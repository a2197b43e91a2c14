'use client';

import { usePostedField } from './form-scope';

/** A hidden field whose value the server chose with its last answer, such as the name it warned of. */
export function AnsweredValue({ name }: { name: string }) {
  return <input type="hidden" name={name} value={usePostedField(name).value} />;
}
