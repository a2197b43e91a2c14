'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { failed } from '@/lib/form-state';
import { guardedAction } from '@/lib/guarded-action';
import { type RestoreKeyResult, restorableDays, restoreKey } from '@/lib/keys/restore-key';
import { recordId } from '@/lib/text-input';

const restoreKeyInput = z.strictObject({ id: recordId });

const refusals: Record<Exclude<RestoreKeyResult['outcome'], 'restored'>, string> = {
  over: `This key was deleted more than ${restorableDays} days ago. It cannot be restored.`,
  'not-deleted': 'This key is not deleted.',
  'owner-gone': 'The owner of this key was deleted. It cannot be restored.',
  'needs-admin': 'Only an admin can restore this key.',
};

export const restoreKeyAction = guardedAction('operator', restoreKeyInput, async (ada, { id }) => {
  const result = await restoreKey(ada, id);
  if (result.outcome !== 'restored') return failed(refusals[result.outcome]);
  revalidatePath('/keys');
  redirect(`/keys/${id}?restored=yes`);
});
