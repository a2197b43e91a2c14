'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { signOut } from '@/lib/auth/sign-out';
import { guardedAction } from '@/lib/guarded-action';

export const signOutAction = guardedAction(
  'viewer',
  z.strictObject({}),
  async (administrator) => {
    await signOut(administrator);
    redirect('/login');
  },
  { duties: ['new-password', 'second-factor'] },
);
