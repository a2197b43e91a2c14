'use server';

import { revalidatePath } from 'next/cache';
import { guardedAction } from '@/lib/auth/guarded-action';
import { done, failed, invalid } from '@/lib/forms/form-state';
import { serviceKeysRefusal } from '@/lib/keys/reserved-scopes';
import { disableUser } from '@/lib/users/disable-user';
import { disableUserInput } from '@/lib/users/disable-user-input';
import { refusals } from '../../refusals';
import { countKeys, whatHappened } from './key-action-labels';

export const disableUserAction = guardedAction(
  'operator',
  disableUserInput,
  async (administrator, { id, keys, keyAction, to }) => {
    const result = await disableUser(administrator, { id, keys, keyAction, to });
    const typed = { keyAction, to };
    const atField = (message: string) => invalid({ to: message }, typed);
    // Either way the page shows the keys as they are by now.
    revalidatePath('/users', 'layout');
    switch (result.outcome) {
      case 'done':
        return done(whatHappened(result, to));
      case 'unknown-user':
        return atField(`User "${to}" is not in the database.`);
      case 'disabled-user':
        return atField(`User "${result.username}" is disabled.`);
      case 'same-user':
        return atField('Enter another user than the one who leaves.');
      case 'too-many-keys':
        return atField(`User "${result.username}" may have at most ${countKeys(result.most)}.`);
      case 'service-keys':
        return failed(serviceKeysRefusal, typed);
      case 'keys-changed':
        return failed(
          `They have ${countKeys(result.keys)} by now. Nothing was changed: decide again.`,
          typed,
        );
      case 'refused':
        return failed(refusals[result.because]('disabled'), typed);
      case 'gone':
        return failed('This user has been deleted. Nothing was changed.', typed);
    }
  },
);
