'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { guardedAction } from '@/lib/auth/guarded-action';
import { signOut } from '@/lib/auth/sign-out';

export const signOutAction = guardedAction(
  'viewer',
  z.strictObject({}),
  async (administrator) => {
    await signOut(administrator);
    redirect('/login');
  },
  { duties: ['new-password', 'second-factor'] },
);
