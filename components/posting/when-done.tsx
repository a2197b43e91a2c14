'use client';

import type { ReactNode } from 'react';
import { usePostedForm } from './form-scope';

const useIsDone = () => usePostedForm().state.status === 'done';

/** Shows what belongs to the answer, once the form around has one. */
export function WhenDone({ children }: { children: ReactNode }) {
  return useIsDone() ? children : null;
}

/** Shows what belongs to the question, until the form around is done. */
export function UntilDone({ children }: { children: ReactNode }) {
  return useIsDone() ? null : children;
}
