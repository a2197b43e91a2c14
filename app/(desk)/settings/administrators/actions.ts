'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import {
  type ChangeAdministratorResult,
  changeRole,
  setAdministratorActive,
} from '@/lib/auth/change-administrator';
import { guardedAction } from '@/lib/auth/guarded-action';
import { addAdministrator, handOutPassword } from '@/lib/auth/one-time-password';
import { done, type FormState, failed, invalid } from '@/lib/forms/form-state';
import type { RoleRefusal } from '@/lib/users/administrator-rules';
import { looksLike } from '@/lib/users/looks-like';
import {
  addAdministratorInput,
  changeRoleInput,
  handOutPasswordInput,
  setActiveInput,
} from './administrator-input';

const gone = 'This is no administrator any more. Nothing was changed.';
const notAdmin = 'You are no admin any more. Nothing was changed.';

const refusals: Record<RoleRefusal, string> = {
  'needs-admin': notAdmin,
  oneself: 'You cannot do this to yourself: another admin has to.',
  'last-admin': 'The last active admin keeps role and access.',
};

export const addAdministratorAction = guardedAction(
  'admin',
  addAdministratorInput,
  async (administrator, input) => {
    const result = await addAdministrator(administrator, input);
    const { username } = result;
    switch (result.outcome) {
      case 'created':
      case 'promoted':
        return done({ username, password: result.password });
      case 'exists':
        return invalid({ username: `User "${username}" is an administrator already.` }, input);
      case 'lookalike':
        return looksLike(username, input);
      case 'disabled':
        return invalid({ username: `User "${username}" is disabled.` }, input);
      case 'needs-admin':
        return failed(notAdmin, input);
    }
  },
  { reauthentication: true },
);

export const changeRoleAction = guardedAction(
  'admin',
  changeRoleInput,
  async (administrator, input) =>
    answer(
      await changeRole(administrator, input),
      'The role was changed. They were signed out everywhere.',
    ),
  { reauthentication: true },
);

export const setActiveAction = guardedAction(
  'admin',
  setActiveInput,
  async (administrator, input) => {
    const said = input.active
      ? 'The administrator was enabled.'
      : 'The administrator was disabled, and signed out everywhere.';
    const result = await setAdministratorActive(administrator, input);
    if (result.outcome === 'has-keys') redirect(`/users/${input.id}/disable`);
    return answer(result, said);
  },
  { reauthentication: true },
);

export const handOutPasswordAction = guardedAction(
  'admin',
  handOutPasswordInput,
  async (administrator, input) => {
    const result = await handOutPassword(administrator, input);
    switch (result.outcome) {
      case 'reset':
        revalidatePath('/settings', 'layout');
        return done({ username: result.username, password: result.password });
      case 'refused':
        return failed(refusals[result.because]);
      case 'disabled':
        return failed('This administrator is disabled. Enable them first.');
      case 'gone':
        return failed(gone);
    }
  },
  { reauthentication: true },
);

function answer(result: ChangeAdministratorResult, said: string): FormState<string> {
  switch (result.outcome) {
    case 'changed':
      revalidatePath('/settings', 'layout');
      return done(said);
    case 'unchanged':
      return done('It is so already.');
    case 'has-keys':
      return failed('They have keys: decide what becomes of them first.');
    case 'refused':
      return failed(refusals[result.because]);
    case 'gone':
      return failed(gone);
  }
}
