'use client';

import { type ReactNode, useEffect, useRef } from 'react';
import type { FormState } from '@/lib/forms/form-state';
import { Notice } from './notice';
import { usePostedForm } from './posting/form-scope';
import type { PostedForm } from './posting/use-form-action';

/** What became of a form, in one sentence; nothing before it was sent. */
export function FormMessage({ of }: { of?: PostedForm }) {
  const state = usePostedForm(of).state as FormState<unknown>;
  if (state.status === 'failed') {
    return (
      <Focused state={state}>
        <Notice look="bad">{state.message}</Notice>
      </Focused>
    );
  }
  if (state.status === 'done' && typeof state.data === 'string') {
    return (
      <Focused state={state}>
        <Notice look="good">{state.data}</Notice>
      </Focused>
    );
  }
  return null;
}

/** Takes the focus if the answer left it nowhere, because the pressed button is gone or was disabled. */
function Focused({ state, children }: { state: FormState<unknown>; children: ReactNode }) {
  const message = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer is a message of its own
  useEffect(() => {
    if (document.activeElement === document.body) message.current?.focus();
  }, [state]);
  return (
    <div ref={message} tabIndex={-1}>
      {children}
    </div>
  );
}
