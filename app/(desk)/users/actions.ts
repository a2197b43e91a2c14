'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { guardedAction } from '@/lib/auth/guarded-action';
import { done, failed, invalid } from '@/lib/forms/form-state';
import { serviceKeysRefusal } from '@/lib/keys/reserved-scopes';
import { pathWith } from '@/lib/lists/list-path';
import { changeUser } from '@/lib/users/change-user';
import { createUser } from '@/lib/users/create-user';
import { deleteUser } from '@/lib/users/delete-user';
import { looksLike } from '@/lib/users/looks-like';
import { changeUserInput, createUserInput, deleteUserInput } from '@/lib/users/user-input';
import { deleteLabels } from './delete-labels';
import { refusals, userMessages } from './user-messages';

export const createUserAction = guardedAction(
  'operator',
  createUserInput,
  async (administrator, { back, ...input }) => {
    const result = await createUser(administrator, input);
    if (result.outcome === 'exists') {
      return invalid({ username: userMessages.exists(result.username) }, typed(input));
    }
    if (result.outcome === 'lookalike') return looksLike(result.username, typed(input));
    revalidatePath('/users');
    redirect(pathWith(back, '/users', { added: input.id }));
  },
);

export const changeUserAction = guardedAction(
  'operator',
  changeUserInput,
  async (administrator, input) => {
    const result = await changeUser(administrator, input);
    switch (result.outcome) {
      case 'changed':
        revalidatePath('/users');
        return done(userMessages.saved);
      case 'has-keys':
        revalidatePath('/users');
        redirect(`/users/${input.id}/disable`);
        break;
      case 'exists':
        return invalid({ username: userMessages.exists(result.username) }, typed(input));
      case 'lookalike':
        return looksLike(result.username, typed(input));
      case 'refused':
        return failed(refusals[result.because]('disabled'), typed(input));
      case 'service-keys':
        return failed(serviceKeysRefusal, typed(input));
      case 'gone':
        return failed(userMessages.gone, typed(input));
    }
  },
);

export const deleteUserAction = guardedAction(
  'operator',
  deleteUserInput,
  async (administrator, { back, ...input }) => {
    const result = await deleteUser(administrator, input);
    switch (result.outcome) {
      case 'deleted':
        revalidatePath('/users');
        redirect(pathWith(back, '/users', { deleted: input.id }));
        break;
      case 'has-keys':
        return done({ keys: result.keys });
      case 'refused':
        return failed(refusals[result.because]('deleted'));
      case 'service-keys':
        return failed(serviceKeysRefusal);
      case 'gone':
        return failed(deleteLabels.gone);
    }
  },
);

function typed(input: { username: string; displayName: string; email: string; active: boolean }) {
  const { username, displayName, email, active } = input;
  return { username, displayName, email, active: active ? 'yes' : 'no' };
}
