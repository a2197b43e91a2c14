'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { guardedAction } from '@/lib/auth/guarded-action';
import { failed, invalid } from '@/lib/forms/form-state';
import { recordId } from '@/lib/forms/text-input';
import { listPath } from '@/lib/lists/list-path';
import { importUsers } from '@/lib/users/import/import-users';
import { parseUserCsv } from '@/lib/users/import/parse-user-csv';
import { stageImport } from '@/lib/users/import/stage-import';
import { importUsersMessages as messages } from './import-users-labels';

const checkInput = z.strictObject({
  file: z
    .instanceof(File, { error: messages.chooseFile })
    .refine((file) => file.size > 0, messages.notEmpty),
});

/** The dry run: reads the file, adds nobody, and shows what would become of each line. */
export const checkImportAction = guardedAction(
  'operator',
  checkInput,
  async (administrator, { file }) => {
    const parsed = parseUserCsv(new Uint8Array(await file.arrayBuffer()));
    if ('problem' in parsed) return invalid({ file: parsed.problem }, {});
    redirect(`/users/import/${await stageImport(administrator, parsed.lines)}`);
  },
);

const importInput = z.strictObject({
  id: recordId,
  /** How many names that look like others the administrator saw and agreed to. */
  lookalikes: z.coerce.number().int().min(0).max(10_000).default(0),
});

export const importUsersAction = guardedAction(
  'operator',
  importInput,
  async (administrator, input) => {
    const { id, lookalikes } = input;
    const { outcome } = await importUsers(administrator, id, lookalikes);
    switch (outcome) {
      case 'imported':
        revalidatePath('/users');
        redirect(listPath('/users', { imported: id, sort: '-created' }));
        break;
      case 'has-errors':
        return failed(messages.changed);
      case 'has-lookalikes':
        return failed(messages.alike);
      case 'under-way':
        return failed(messages.underWay);
      case 'gone':
        return failed(messages.gone);
    }
  },
);
