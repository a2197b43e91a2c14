'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { signInBrowser } from '@/lib/auth/next-auth';
import { failed } from '@/lib/form-state';
import { publicAction } from '@/lib/guarded-action';
import { sameSitePath } from '@/lib/same-site-path';

const signInInput = z.strictObject({
  username: z.string().trim().min(1, 'Enter a username.').max(200, 'Use at most 64 characters.'),
  password: z.string().min(1, 'Enter a password.').max(1_000, 'Use at most 128 characters.'),
  next: z.string().optional(),
});

export const signInAction = publicAction(signInInput, async ({ username, password, next }) => {
  const result = await attempt(username, password);
  if (result.outcome === 'signed-in') redirect(sameSitePath(next, '/keys'));
  return failed(result.message, { username });
});

async function attempt(username: string, password: string) {
  try {
    const result = await signInBrowser(username, password);
    if (result.outcome === 'signed-in') return result;
    const message =
      result.outcome === 'wait'
        ? `Too many failed attempts. Try again in ${inWords(result.seconds)}.`
        : 'Username or password is wrong.';
    return { outcome: 'failed', message } as const;
  } catch {
    // The cause may name the database; a browser without a session learns nothing of it.
    return {
      outcome: 'failed',
      message: 'Sign-in does not work right now. Try again shortly.',
    } as const;
  }
}

function inWords(seconds: number): string {
  if (seconds < 60) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? '1 minute' : `${minutes} minutes`;
}
