'use client';

import { useEffect, useRef } from 'react';
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
  return <Secret label={label} onwardText={onward} {...state.data} />;
}

type SecretProps = Shown & { label: string; onwardText: string };

function Secret({ label, onwardText, message, hint, lines, onward }: SecretProps) {
  const section = useRef<HTMLElement>(null);
  // The button that was pressed is gone: the next one is "Copy".
  useEffect(() => section.current?.querySelector('button')?.focus(), []);
  const text = lines.join('\n');
  return (
    <section ref={section} aria-label={label} className="grid gap-3">
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
        <BackButton to={onward}>{onwardText}</BackButton>
      </div>
    </section>
  );
}
