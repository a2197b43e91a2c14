'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import type { Administrator } from '@/lib/access/administrator';
import { guardedAction } from '@/lib/auth/guarded-action';
import { done, failed, invalid } from '@/lib/forms/form-state';
import { mostKeys, startBulkInput, stepBulkInput } from '@/lib/keys/bulk/bulk-input';
import { findBulkChange } from '@/lib/keys/bulk/find-bulk-change';
import { startBulkChange } from '@/lib/keys/bulk/start-bulk-change';
import { stepBulkChange } from '@/lib/keys/bulk/step-bulk-change';
import { listPath, pathWith } from '@/lib/lists/list-path';
import { bulkMessages as messages } from './bulk-messages';

/** Changes nothing yet: it leads to the question. */
export const startBulkAction = guardedAction(
  'operator',
  startBulkInput,
  async (administrator, input) => {
    const result = await startBulkChange(administrator, input);
    switch (result.outcome) {
      case 'started': {
        const { verb: _verb, key: _key, all: _all, ...filter } = input;
        redirect(listPath(`/keys/bulk/${result.id}`, filter));
        break;
      }
      case 'nothing-selected':
        return failed(messages.nothingSelected);
      case 'too-many':
        return failed(messages.tooMany(mostKeys));
      case 'too-slow':
        return failed(messages.tooSlow);
    }
  },
);

/** Up to 500 keys, and what is left then. */
export const stepBulkAction = guardedAction(
  'operator',
  stepBulkInput,
  async (administrator, input) => {
    const { id, number, back } = input;
    const result = await stepBulkChange(administrator, id, number);
    if (result.outcome === 'gone') return failed(messages.gone);
    if (result.outcome === 'needs-number') {
      return invalid({ number: messages.needsNumber(result.total) }, { number });
    }
    if (result.left === 0) await goBack(administrator, id, back);
    revalidatePath(`/keys/bulk/${id}`);
    return done({ left: result.left, number });
  },
);

/** To the list, which says what happened; what could not be changed is told on the page itself. */
async function goBack(administrator: Administrator, id: string, back: string) {
  const bulk = await findBulkChange(administrator, id);
  if (!back.startsWith('/keys') || !bulk || bulk.skipped.length > 0) return;
  revalidatePath('/keys');
  redirect(pathWith(back, '/keys', { bulk: id }));
}
