'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import type { Shown } from '@/components/shown-once';
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
import { administratorMessages as said } from './administrator-labels';

const refusals: Record<RoleRefusal, string> = {
  'needs-admin': said.notAdmin,
  oneself: said.oneself,
  'last-admin': said.lastAdmin,
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
        return done(handedOut(said.canSignIn(username), result));
      case 'exists':
        return invalid({ username: said.already(username) }, input);
      case 'lookalike':
        return looksLike(username, input);
      case 'disabled':
        return invalid({ username: said.userDisabled(username) }, input);
      case 'needs-admin':
        return failed(said.notAdmin, input);
    }
  },
  { reauthentication: true },
);

export const changeRoleAction = guardedAction(
  'admin',
  changeRoleInput,
  async (administrator, input) => answer(await changeRole(administrator, input), said.roleChanged),
  { reauthentication: true },
);

export const setActiveAction = guardedAction(
  'admin',
  setActiveInput,
  async (administrator, input) => {
    const result = await setAdministratorActive(administrator, input);
    if (result.outcome === 'has-keys') redirect(`/users/${input.id}/disable`);
    return answer(result, input.active ? said.enabled : said.disabled);
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
        return done(handedOut(said.newPassword(result.username), result));
      case 'refused':
        return failed(refusals[result.because]);
      case 'disabled':
        return failed(said.isDisabled);
      case 'gone':
        return failed(said.gone);
    }
  },
  { reauthentication: true },
);

type Handed = { username: string; password: string };

/** The answer with a one-time password, which the admin gives to the administrator. */
function handedOut(message: string, { username, password }: Handed): Shown {
  const onward = '/settings/administrators';
  return { message, hint: said.giveTo(username), lines: [password], onward };
}

function answer(result: ChangeAdministratorResult, changed: string): FormState<string> {
  switch (result.outcome) {
    case 'changed':
      revalidatePath('/settings', 'layout');
      return done(changed);
    case 'unchanged':
      return done(said.unchanged);
    case 'has-keys':
      return failed(said.hasKeys);
    case 'refused':
      return failed(refusals[result.because]);
    case 'gone':
      return failed(said.gone);
  }
}
