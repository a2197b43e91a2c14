'use client';

import type { ReactNode } from 'react';
import { Notice } from './notice';
import { usePostedForm } from './posting/form-scope';

/** Shows what is inside until the form is refused, and then why. */
export function FormRefusal({ children }: { children: ReactNode }) {
  const { state } = usePostedForm();
  return state.status === 'failed' ? <Notice look="warn">{state.message}</Notice> : children;
}
