'use client';

import { Notice } from '@/components/notice';
import { usePostedForm } from '@/components/posting/form-scope';

/** Outside the bar: with the answer its ticks are gone, and the bar with them. */
export function BulkRefusal() {
  const { state } = usePostedForm();
  const text =
    state.status === 'failed'
      ? state.message
      : state.status === 'invalid'
        ? Object.values(state.fieldErrors)[0]
        : null;
  return text ? <Notice look="bad">{text}</Notice> : null;
}
