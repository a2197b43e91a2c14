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
import {
  type ChangeUserInput,
  changeUserInput,
  createUserInput,
  deleteUserInput,
} from '@/lib/users/user-input';
import { deleteLabels } from './delete-labels';
import { refusals, responsibleProblem, userMessages } from './user-messages';

export const createUserAction = guardedAction(
  'operator',
  createUserInput,
  async (administrator, { back, ...input }) => {
    const result = await createUser(administrator, input);
    switch (result.outcome) {
      case 'created':
        revalidatePath('/users');
        redirect(pathWith(back, '/users', { added: input.id }));
        break;
      case 'exists':
        return invalid({ username: userMessages.exists(result.username) }, typed(input));
      case 'lookalike':
        return looksLike(result.username, typed(input));
      case 'bad-responsible':
      case 'needs-responsible':
        return invalid({ responsible: responsibleProblem(result) }, typed(input));
    }
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
      case 'has-services':
        revalidatePath('/users');
        redirect(`/users/${input.id}/disable`);
        break;
      case 'is-responsible':
        return invalid({ kind: userMessages.isResponsible(result.services) }, typed(input));
      case 'bad-responsible':
      case 'needs-responsible':
        return invalid({ responsible: responsibleProblem(result) }, typed(input));
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
    const { services, responsible } = input;
    switch (result.outcome) {
      case 'deleted':
        revalidatePath('/users');
        redirect(pathWith(back, '/users', { deleted: input.id }));
        break;
      case 'has-keys':
        return done<Remaining>({ keys: result.keys });
      case 'services-changed':
        return done<Remaining>({ services: result.services });
      case 'bad-responsible':
        return invalid({ responsible: responsibleProblem(result) }, { responsible });
      case 'needs-responsible':
        return invalid({ responsible: userMessages.leavesServices(services) }, { responsible });
      case 'refused':
        return failed(refusals[result.because]('deleted'));
      case 'service-keys':
        return failed(serviceKeysRefusal);
      case 'gone':
        return failed(deleteLabels.gone);
    }
  },
);

/** What the user still has, and somebody must decide about. */
type Remaining = { keys?: number; services?: number };

type Input = Pick<
  ChangeUserInput,
  'username' | 'displayName' | 'email' | 'active' | 'kind' | 'responsible'
>;

function typed({ username, displayName, email, active, kind, responsible = '' }: Input) {
  const facts = { username, displayName, email, active: active ? 'yes' : 'no' };
  return { ...facts, ...(kind ? { kind } : {}), responsible };
}
