'use client';

import type { FormState } from '@/lib/forms/form-state';
import { Notice } from './notice';
import { usePostedForm } from './posting/form-scope';
import type { PostedForm } from './posting/use-form-action';

/** What became of a form, in one sentence; nothing before it was sent. */
export function FormMessage({ of }: { of?: PostedForm }) {
  const state = usePostedForm(of).state as FormState<unknown>;
  if (state.status === 'failed') return <Notice look="bad">{state.message}</Notice>;
  if (state.status === 'done' && typeof state.data === 'string') {
    return <Notice look="good">{state.data}</Notice>;
  }
  return null;
}
