'use client';

import { type ReactNode, use } from 'react';
import { fieldError, idle, typedValue } from '@/lib/forms/form-state';
import { FormContext } from './posting/form-scope';

type Props = {
  summary: string;
  /** For each field inside the value that may be out of sight. */
  nothing: Readonly<Record<string, string>>;
  /** What the fields begin with. */
  initial: Readonly<Record<string, string | undefined>>;
  children: ReactNode;
};

/** Fields that are folded away while none of them holds anything and nothing is wrong with one. */
export function FoldedFields({ summary, nothing, initial, children }: Props) {
  const state = use(FormContext)?.state ?? idle;
  const inSight = Object.entries(nothing).some(
    ([name, value]) =>
      typedValue(state, name, initial[name] ?? value) !== value || fieldError(state, name),
  );
  return (
    <details open={inSight}>
      <summary className="min-h-8 font-medium text-accent">{summary}</summary>
      <div className="grid gap-4 pt-2">{children}</div>
    </details>
  );
}
