'use client';

import { type ReactNode, useEffect, useState } from 'react';
import { Notice } from './notice';
import { toastLabels } from './toast-labels';

/** In milliseconds; longer where it offers something. */
const shownFor = { brief: 6_000, lasting: 15_000 };

type Props = {
  /** What the text tells of: the same text for a new result is shown anew. */
  result: unknown;
  look: 'good' | 'bad';
  lasting?: boolean;
  children: ReactNode;
};

/**
 * A result that moves nothing on the page. It waits while somebody points at it or is in it. Without
 * JavaScript it stays until the next page.
 */
export function Toast({ result, look, lasting, children }: Props) {
  const [dismissed, dismiss] = useState<unknown>(null);
  const [isHeld, hold] = useState(false);
  useEffect(() => {
    // What went wrong stays until something else happens.
    if (look === 'bad' || isHeld) return;
    const time = lasting ? shownFor.lasting : shownFor.brief;
    const timer = setTimeout(() => dismiss(result), time);
    return () => clearTimeout(timer);
  }, [result, look, lasting, isHeld]);
  if (dismissed === result) return null;
  return (
    <fieldset
      className="toast"
      onPointerEnter={() => hold(true)}
      onPointerLeave={() => hold(false)}
      onFocus={() => hold(true)}
      onBlur={() => hold(false)}
    >
      <Notice look={look}>{children}</Notice>
      <button type="button" aria-label={toastLabels.close} onClick={() => dismiss(result)}>
        ×
      </button>
    </fieldset>
  );
}
