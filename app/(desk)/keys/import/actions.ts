'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { guardedAction } from '@/lib/auth/guarded-action';
import { failed, invalid } from '@/lib/forms/form-state';
import { recordId } from '@/lib/forms/text-input';
import { checkKeyFile } from '@/lib/keys/import/check-key-file';
import { importKeysNow } from '@/lib/keys/import/import-keys-now';
import { listPath } from '@/lib/lists/list-path';
import { importKeysAnswers } from './import-keys-labels';

const checkInput = z.strictObject({
  file: z
    .instanceof(File, { error: importKeysAnswers.chooseFile })
    .refine((file) => file.size > 0, importKeysAnswers.notEmpty),
});

/** The dry run without JavaScript, for files that an action takes. */
export const checkKeyImportAction = guardedAction(
  'operator',
  checkInput,
  async (administrator, { file }) => {
    const checked = await checkKeyFile(administrator, file.stream());
    if ('problem' in checked) return invalid({ file: checked.problem }, {});
    redirect(`/keys/import/${checked.id}`);
  },
);

const importInput = z.strictObject({ id: recordId });

export const importKeysAction = guardedAction(
  'operator',
  importInput,
  async (administrator, { id }) => {
    switch (await importKeysNow(administrator, id)) {
      case 'imported':
        revalidatePath('/keys');
        redirect(listPath('/keys', { imported: id }));
        break;
      case 'has-errors':
        return failed(importKeysAnswers.changed);
      case 'reserved-scopes':
        return failed(importKeysAnswers.reserved);
      case 'under-way':
        return failed(importKeysAnswers.underWay);
      case 'gone':
        return failed(importKeysAnswers.gone);
      case 'busy':
        return failed(importKeysAnswers.busy);
    }
  },
);
