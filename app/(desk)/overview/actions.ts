'use server';

import { redirect } from 'next/navigation';
import { guardedAction } from '@/lib/auth/guarded-action';
import { failed } from '@/lib/forms/form-state';
import { startBulkChange } from '@/lib/keys/bulk/start-bulk-change';
import { listPath } from '@/lib/lists/list-path';
import { startListBulkInput } from '@/lib/overview/key-list-input';
import { idsOfKeyList } from '@/lib/overview/key-lists';
import { overviewMessages } from './overview-messages';

/** Changes nothing yet: it leads to the question, for the keys that the list holds by now. */
export const startListBulkAction = guardedAction(
  'operator',
  startListBulkInput,
  async (administrator, { list, verb }) => {
    const key = await idsOfKeyList(administrator, list);
    const nothing = { username: '', q: '' };
    const result = await startBulkChange(administrator, { verb, key, all: false, ...nothing });
    if (result.outcome !== 'started') return failed(overviewMessages.empty);
    redirect(listPath(`/keys/bulk/${result.id}`, { back: '/overview' }));
  },
);
