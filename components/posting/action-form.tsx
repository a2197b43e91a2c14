'use client';

import { type ComponentProps, type RefObject, useEffect, useRef } from 'react';
import { restoreEntries } from './kept-entries';
import type { PostedForm } from './use-form-action';

type Props = Omit<ComponentProps<'form'>, 'action' | 'ref'> & {
  of: PostedForm;
  ref?: RefObject<HTMLFormElement | null>;
};

/** A form of `useFormAction`. After an answer React empties it; without one, everything stays. */
export function ActionForm({ of: { submit, unanswered }, ref, ...form }: Props) {
  const own = useRef<HTMLFormElement>(null);
  const element = ref ?? own;
  useEffect(() => {
    const shown = element.current;
    if (!shown) return;
    restoreEntries(shown);
    const keep = (event: Event) => {
      if (unanswered.current) event.preventDefault();
    };
    shown.addEventListener('reset', keep);
    return () => shown.removeEventListener('reset', keep);
  }, [element, unanswered]);
  return <form {...form} ref={element} action={submit} data-action-form="" />;
}
