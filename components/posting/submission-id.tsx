'use client';

import { useEffect, useRef, useState } from 'react';
import { restored } from './kept-entries';

/**
 * The number of one submission, by which the server knows a repeated POST. It stays until the form has
 * an answer, whatever number the page would begin with when it is rendered anew or loaded again.
 */
export function SubmissionId({ name, value }: { name: string; value: string }) {
  const [first, setFirst] = useState(value);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const shown = field.current;
    const take = () => shown && setFirst(shown.value);
    shown?.addEventListener(restored, take);
    return () => shown?.removeEventListener(restored, take);
  }, []);
  return <input ref={field} type="hidden" name={name} value={first} data-submission="" />;
}
