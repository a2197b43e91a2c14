'use client';

import { createContext, type ReactNode, use } from 'react';
import { type FormAction, fieldError, idle, typedValue } from '@/lib/forms/form-state';
import { type PostedForm, useFormAction } from './use-form-action';

/** The form around; null outside of one. */
export const FormContext = createContext<PostedForm | null>(null);

type Props = {
  action: FormAction<unknown>;
  /** By how many milliseconds its answer may take longer than others. */
  longer?: number;
  children: ReactNode;
};

/**
 * Holds what became of one form, for the form itself, its fields, its buttons and its messages. They
 * read it by context, so that all around them can be made on the server.
 */
export function FormScope({ action, longer = 0, children }: Props) {
  const posted = useFormAction(action, { longer: () => longer });
  return <FormContext value={posted}>{children}</FormContext>;
}

/** The form that is given, or the one around; throws where there is neither. */
export function usePostedForm(given?: PostedForm): PostedForm {
  const around = use(FormContext);
  const posted = given ?? around;
  if (!posted) throw new Error('A part of a form stands outside a FormScope.');
  return posted;
}

/** What a field should show and what is wrong with it; outside a form just what it begins with. */
export function usePostedField(name: string, initial = '') {
  const state = use(FormContext)?.state ?? idle;
  return { value: typedValue(state, name, initial), error: fieldError(state, name) };
}
