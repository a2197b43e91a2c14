'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { guardedAction } from '@/lib/auth/guarded-action';
import { leaveEndedSession } from '@/lib/auth/leave-ended-session';
import { keepSession } from '@/lib/auth/next-auth';
import { beginAtProvider } from '@/lib/auth/oidc/begin';
import { changeOwnPassword } from '@/lib/auth/own-password';
import { endOwnSession, signOutEverywhere } from '@/lib/auth/own-session';
import { prove } from '@/lib/auth/reauthenticate';
import { done, failed, invalid } from '@/lib/forms/form-state';
import { safeRedirect } from '@/lib/forms/safe-redirect';
import {
  changePasswordInput,
  proveAtProviderInput,
  proveInput,
  sessionInput,
} from './account-input';
import { accountMessages as said } from './account-messages';
import { sessionLabels } from './sessions/session-labels';

export const changePasswordAction = guardedAction(
  'viewer',
  changePasswordInput,
  async (administrator, { currentPassword, newPassword }) => {
    const result = await changeOwnPassword(administrator, {
      current: currentPassword,
      next: newPassword,
    });
    switch (result.outcome) {
      case 'changed':
        await keepSession(result.sessionId);
        revalidatePath('/', 'layout');
        return done(said.passwordChanged);
      case 'weak':
        return invalid({ newPassword: result.because }, {});
      case 'wrong':
        return invalid({ currentPassword: said.wrongCurrent }, {});
      case 'ended':
        return leaveEndedSession();
      case 'changed-meanwhile':
        return failed(said.changedMeanwhile);
    }
  },
  { duties: ['new-password'] },
);

export const proveAction = guardedAction(
  'viewer',
  proveInput,
  async (administrator, { password, code, next }) => {
    const result = await prove(administrator, password ? { password } : { code });
    switch (result.outcome) {
      case 'proved':
        await keepSession(result.sessionId);
        redirect(safeRedirect(next, '/settings'));
        break;
      case 'wrong':
        return password
          ? invalid({ password: said.wrongPassword }, {})
          : invalid({ code: said.wrongOrUsedCode }, {});
      case 'ended':
        return leaveEndedSession(next);
    }
  },
  { duties: ['second-factor'] },
);

/** Sends the browser to the provider, which asks who uses it. */
export const proveAtProviderAction = guardedAction(
  'viewer',
  proveAtProviderInput,
  async (_ada, { next }) => {
    const address = await beginAtProvider({
      next: safeRedirect(next, '/settings'),
      reauthentication: true,
    });
    return address ? done({ address }) : failed(said.providerSilent);
  },
  { duties: ['second-factor'] },
);

export const endSessionAction = guardedAction(
  'viewer',
  sessionInput,
  async (administrator, { session }) => {
    const result = await endOwnSession(administrator, session);
    revalidatePath('/settings/sessions');
    if (result.outcome === 'gone') return failed(sessionLabels.gone);
    return done(sessionLabels.ended(result.address));
  },
);

export const signOutEverywhereAction = guardedAction(
  'viewer',
  z.strictObject({}),
  async (administrator) => {
    await signOutEverywhere(administrator);
    redirect('/login');
  },
);
