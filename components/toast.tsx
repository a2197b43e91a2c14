'use client';

import { type ReactNode, useEffect, useState } from 'react';
import { Notice } from './notice';

/** In milliseconds; longer where it offers something. */
const shownFor = { brief: 6_000, lasting: 15_000 };

type Props = {
  /** What the text tells of: the same text for a new result is shown anew. */
  result: object;
  look: 'good' | 'bad';
  lasting?: boolean;
  children: ReactNode;
};

/** A result that moves nothing on the page. Without JavaScript it stays until the next page. */
export function Toast({ result, look, lasting, children }: Props) {
  const [dismissed, dismiss] = useState<object | null>(null);
  useEffect(() => {
    // What went wrong stays until something else happens.
    if (look === 'bad') return;
    const time = lasting ? shownFor.lasting : shownFor.brief;
    const timer = setTimeout(() => dismiss(result), time);
    return () => clearTimeout(timer);
  }, [result, look, lasting]);
  if (dismissed === result) return null;
  return (
    <div className="fixed inset-x-3 bottom-4 z-20 mx-auto max-w-md shadow-lg">
      <Notice look={look}>{children}</Notice>
    </div>
  );
}
