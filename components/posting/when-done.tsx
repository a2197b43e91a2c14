'use client';

import type { ReactNode } from 'react';
import { usePostedForm } from './form-scope';

const useIsDone = () => usePostedForm().state.status === 'done';

/** Shows its children after the form around it was done. */
export function WhenDone({ children }: { children: ReactNode }) {
  return useIsDone() ? children : null;
}

/** Shows its children until the form around it is done. */
export function UntilDone({ children }: { children: ReactNode }) {
  return useIsDone() ? null : children;
}
