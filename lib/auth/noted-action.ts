import 'server-only';
import type { FormAction, FormState } from '@/lib/forms/form-state';
import { noteOutcome } from '@/lib/log/request-id';

/** An action of which the metrics count what it told the form, because the status of its answer does not say. */
export function notedAction<Data>(
  answer: (form: FormData) => Promise<FormState<Data>>,
): FormAction<Data> {
  return async (_previous, form) => {
    const state = await answer(form);
    noteOutcome(state.status === 'failed' ? 'refused' : state.status);
    return state;
  };
}
