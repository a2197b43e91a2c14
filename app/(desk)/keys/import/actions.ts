'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { guardedAction } from '@/lib/auth/guarded-action';
import { failed, invalid } from '@/lib/forms/form-state';
import { recordId } from '@/lib/forms/text-input';
import { checkKeyFile } from '@/lib/keys/import/check-key-file';
import { importKeysNow } from '@/lib/keys/import/import-keys-now';

const checkInput = z.strictObject({
  file: z
    .instanceof(File, { error: 'Choose a CSV file.' })
    .refine((file) => file.size > 0, 'Choose a CSV file that is not empty.'),
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
        redirect(`/keys/import/${id}`);
        break;
      case 'has-errors':
        return failed('Something has changed since the check. Nothing was imported; see below.');
      case 'reserved-scopes':
        return failed('Only an admin can grant scopes that begin with "keydesk:".');
      case 'under-way':
        return failed('This import is under way already. Look at the keys in a moment.');
      case 'gone':
        return failed('This check is over an hour old or was replaced. Check the file again.');
      case 'busy':
        return failed('Too many exports and imports are under way. Try again in a minute.');
    }
  },
);
