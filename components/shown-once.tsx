'use client';

import type { FormState } from '@/lib/forms/form-state';
import { BackButton } from './back-button';
import { CopyButton } from './copy-button';
import { Notice } from './notice';
import { usePostedForm } from './posting/form-scope';

/** An answer that holds a secret. The server writes its texts. */
export type Shown = {
  message: string;
  hint: string;
  lines: string[];
  /** The page that follows after the lines were copied. */
  onward: string;
};

/** Shows the secret in the answer of the form around it. It is in no other answer and is stored nowhere. */
export function ShownOnce({ label, onward }: { label: string; onward: string }) {
  const state = usePostedForm().state as FormState<Shown>;
  if (state.status !== 'done') return null;
  const { message, hint, lines } = state.data;
  const text = lines.join('\n');
  return (
    <section aria-label={label} className="grid gap-3">
      <Notice look="good">{message}</Notice>
      <p>{hint}</p>
      <code
        data-testid="shown-once"
        className="block rounded-md border border-line bg-sunken p-3 font-semibold break-all whitespace-pre-line select-all"
      >
        {text}
      </code>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={text} />
        <BackButton to={state.data.onward}>{onward}</BackButton>
      </div>
    </section>
  );
}
