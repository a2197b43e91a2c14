'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { guardedAction } from '@/lib/auth/guarded-action';
import { failed } from '@/lib/forms/form-state';
import { recordId, ticked } from '@/lib/forms/text-input';
import { type RestoreKeyResult, restorableDays, restoreKey } from '@/lib/keys/restore-key';
import { undoMinutes } from '@/lib/keys/undo';
import { pathWith } from '@/lib/lists/list-path';

const restoreKeyInput = z.strictObject({
  id: recordId,
  /** As it was, and back to the list where it was deleted. */
  undo: ticked,
  back: z.string().max(2_000).default(''),
});

const refusals: Record<Exclude<RestoreKeyResult['outcome'], 'restored'>, string> = {
  over: `This key was deleted more than ${restorableDays} days ago. It cannot be restored.`,
  'not-deleted': 'This key is not deleted, or was restored meanwhile. Nothing was changed.',
  'owner-gone': 'The owner of this key was deleted. It cannot be restored.',
  'needs-admin': 'Only an admin can restore this key.',
  'undo-over': `Whoever deleted a key can undo that for ${undoMinutes} minutes. Later an admin can restore it under “Deleted API keys”.`,
};

export const restoreKeyAction = guardedAction(
  'operator',
  restoreKeyInput,
  async (administrator, input) => {
    const { id, undo, back } = input;
    const result = await restoreKey(administrator, id, { undo });
    if (result.outcome !== 'restored') return failed(refusals[result.outcome]);
    revalidatePath('/keys');
    redirect(
      undo
        ? pathWith(back, '/keys', { restored: id, deleted: undefined })
        : `/keys/${id}?restored=yes`,
    );
  },
);
