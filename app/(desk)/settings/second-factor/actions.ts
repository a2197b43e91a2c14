'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { guardedAction } from '@/lib/auth/guarded-action';
import { leaveEndedSession } from '@/lib/auth/leave-ended-session';
import { keepSession } from '@/lib/auth/next-auth';
import { removeOwnSecondFactor } from '@/lib/auth/second-factor/remove';
import { beginSetUp, confirmSetUp, makeRecoveryCodes } from '@/lib/auth/second-factor/set-up';
import { done, failed, invalid } from '@/lib/forms/form-state';
import { codeInput, ownPasswordInput } from '../account-input';

const page = '/settings/second-factor';
const options = { reauthentication: true, duties: ['second-factor'] } as const;
const none = 'There is no second factor any more. Nothing was changed.';

export const beginSetUpAction = guardedAction(
  'viewer',
  z.strictObject({}),
  async (administrator) => {
    await beginSetUp(administrator);
    revalidatePath(page);
    return done(null);
  },
  options,
);

export const confirmSetUpAction = guardedAction(
  'viewer',
  codeInput,
  async (administrator, { code }) => {
    const result = await confirmSetUp(administrator, code);
    if (result.outcome !== 'confirmed') {
      return result.outcome === 'gone'
        ? failed('This took too long. Begin again.')
        : invalid({ code: 'This code is wrong.' }, {});
    }
    await keepSession(result.sessionId);
    revalidatePath('/', 'layout');
    return done(result.recoveryCodes);
  },
  options,
);

export const makeRecoveryCodesAction = guardedAction(
  'viewer',
  z.strictObject({}),
  async (administrator) => {
    const codes = await makeRecoveryCodes(administrator);
    revalidatePath(page);
    return codes ? done(codes) : failed(none);
  },
  options,
);

export const removeSecondFactorAction = guardedAction(
  'viewer',
  ownPasswordInput,
  async (administrator, { password }) => {
    const result = await removeOwnSecondFactor(administrator, password);
    switch (result.outcome) {
      case 'removed':
        await keepSession(result.sessionId);
        revalidatePath('/', 'layout');
        return done('The second factor was removed. Your other browsers were signed out.');
      case 'weak-password':
        return invalid(
          { password: 'Without a second factor your password is too weak. Change it first.' },
          {},
        );
      case 'wrong':
        return invalid({ password: 'This is not your password.' }, {});
      case 'ended':
        return leaveEndedSession();
      case 'gone':
        return failed(none);
    }
  },
  options,
);
