'use client';

import { type ComponentProps, type RefObject, useEffect, useRef } from 'react';
import { FormContext, usePostedForm } from './form-scope';
import { restoreEntries } from './kept-entries';
import type { PostedForm } from './use-form-action';

type Props = Omit<ComponentProps<'form'>, 'action' | 'ref'> & {
  /** Where a component in the browser holds the form; otherwise it is the one of the `FormScope`. */
  of?: PostedForm;
  ref?: RefObject<HTMLFormElement | null>;
};

/** A form and its fields. After an answer React empties it; without one, everything stays. */
export function ActionForm({ of, ref, children, ...form }: Props) {
  const posted = usePostedForm(of);
  const { state, submit, unanswered } = posted;
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
  useEffect(() => {
    if (state.status === 'invalid') focusFirstInvalid(element.current);
  }, [element, state]);
  return (
    <form {...form} ref={element} action={submit} data-action-form="">
      <FormContext value={posted}>{children}</FormContext>
    </form>
  );
}

/** The refused field is where the user goes on. */
function focusFirstInvalid(form: HTMLFormElement | null) {
  const invalid = [...(form?.elements ?? [])].find(
    (field) => field.getAttribute('aria-invalid') === 'true',
  );
  if (invalid instanceof HTMLElement) invalid.focus();
}
