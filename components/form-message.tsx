import type { FormState } from '@/lib/forms/form-state';
import { Notice } from './notice';

/** What became of a form, in one sentence; nothing before it was sent. */
export function FormMessage({ state }: { state: FormState<string> }) {
  if (state.status === 'done') return <Notice look="good">{state.data}</Notice>;
  if (state.status === 'failed') return <Notice look="bad">{state.message}</Notice>;
  return null;
}
