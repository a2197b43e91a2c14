'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import type { Shown } from '@/components/shown-once';
import { guardedAction } from '@/lib/auth/guarded-action';
import { leaveEndedSession } from '@/lib/auth/leave-ended-session';
import { keepSession } from '@/lib/auth/next-auth';
import { removeOwnSecondFactor } from '@/lib/auth/second-factor/remove';
import { beginSetUp, confirmSetUp, makeRecoveryCodes } from '@/lib/auth/second-factor/set-up';
import { done, failed, invalid } from '@/lib/forms/form-state';
import { codeInput, ownPasswordInput } from '../account-input';
import { secondFactorMessages as said, secondFactorLabels } from './second-factor-labels';

const page = '/settings/second-factor';
const options = { reauthentication: true, duties: ['second-factor'] } as const;

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
      return result.outcome === 'gone' ? failed(said.over) : invalid({ code: said.wrongCode }, {});
    }
    await keepSession(result.sessionId);
    revalidatePath('/', 'layout');
    return done(shown(secondFactorLabels.on, result.recoveryCodes));
  },
  options,
);

export const makeRecoveryCodesAction = guardedAction(
  'viewer',
  z.strictObject({}),
  async (administrator) => {
    const codes = await makeRecoveryCodes(administrator);
    revalidatePath(page);
    return codes ? done(shown(secondFactorLabels.renewed, codes)) : failed(said.none);
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
        return done(said.removed);
      case 'weak-password':
        return invalid({ password: said.weakPassword }, {});
      case 'wrong':
        return invalid({ password: said.wrongPassword }, {});
      case 'ended':
        return leaveEndedSession();
      case 'gone':
        return failed(said.none);
    }
  },
  options,
);

/** The only answer that shows the codes. */
function shown(message: string, lines: string[]): Shown {
  return { message, hint: secondFactorLabels.keepCodes, lines, onward: '/settings/security' };
}
