'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { guardedAction } from '@/lib/auth/guarded-action';
import { failed } from '@/lib/forms/form-state';
import { recordId, ticked } from '@/lib/forms/text-input';
import { restoreKey } from '@/lib/keys/restore-key';
import { pathWith } from '@/lib/lists/list-path';
import { restoreMessages } from './restore-messages';

const restoreKeyInput = z.strictObject({
  id: recordId,
  /** As it was, and back to the list where it was deleted. */
  undo: ticked,
  back: z.string().max(2_000).default(''),
});

export const restoreKeyAction = guardedAction(
  'operator',
  restoreKeyInput,
  async (administrator, input) => {
    const { id, undo, back } = input;
    const result = await restoreKey(administrator, id, { undo });
    if (result.outcome !== 'restored') return failed(restoreMessages[result.outcome]);
    revalidatePath('/keys');
    redirect(
      undo
        ? pathWith(back, '/keys', { restored: id, deleted: undefined })
        : `/keys/${id}?restored=yes`,
    );
  },
);
