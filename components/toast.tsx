'use client';

import { useEffect, useState } from 'react';
import { Notice } from './notice';

const shownFor = 6_000;

type Props = {
  /** What the text tells of: the same text for a new result is shown anew. */
  result: object;
  look: 'good' | 'bad';
  text: string;
};

/** A result that moves nothing on the page. Without JavaScript it stays until the next page. */
export function Toast({ result, look, text }: Props) {
  const [dismissed, dismiss] = useState<object | null>(null);
  useEffect(() => {
    // What went wrong stays until something else happens.
    if (look === 'bad') return;
    const timer = setTimeout(() => dismiss(result), shownFor);
    return () => clearTimeout(timer);
  }, [result, look]);
  if (dismissed === result) return null;
  return (
    <div className="fixed inset-x-3 bottom-4 z-20 mx-auto max-w-md shadow-lg">
      <Notice look={look}>{text}</Notice>
    </div>
  );
}
