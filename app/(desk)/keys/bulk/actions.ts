'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { guardedAction } from '@/lib/auth/guarded-action';
import { done, failed, invalid } from '@/lib/forms/form-state';
import { mostKeys, startBulkInput, stepBulkInput } from '@/lib/keys/bulk/bulk-input';
import { startBulkChange } from '@/lib/keys/bulk/start-bulk-change';
import { stepBulkChange } from '@/lib/keys/bulk/step-bulk-change';
import { listPath } from '@/lib/lists/list-path';

/** Changes nothing yet: it leads to the question. */
export const startBulkAction = guardedAction(
  'operator',
  startBulkInput,
  async (administrator, input) => {
    const result = await startBulkChange(administrator, input);
    switch (result.outcome) {
      case 'started': {
        const { username, q, status, owner } = input;
        redirect(listPath(`/keys/bulk/${result.id}`, { username, q, status, owner }));
        break;
      }
      case 'nothing-selected':
        return failed('Select keys first.');
      case 'too-many':
        return failed(
          `The search finds more than ${mostKeys.toLocaleString('en')} keys. Narrow it down first.`,
        );
      case 'too-slow':
        return failed('The search takes too long. Narrow it down first.');
    }
  },
);

/** Up to 500 keys, and what is left then. */
export const stepBulkAction = guardedAction(
  'operator',
  stepBulkInput,
  async (administrator, input) => {
    const { id, number } = input;
    const result = await stepBulkChange(administrator, id, number);
    if (result.outcome === 'gone') return failed('This is over a week old. Nothing was changed.');
    if (result.outcome === 'needs-number') {
      const total = result.total.toLocaleString('en');
      const message = `Type ${total}, the number of keys: some of them were used in the last 24 hours.`;
      return invalid({ number: message }, { number });
    }
    revalidatePath(`/keys/bulk/${id}`);
    return done({ left: result.left, number });
  },
);
