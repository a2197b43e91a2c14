'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { ownerAction } from '@/lib/auth/owner-action';
import { signOut } from '@/lib/auth/sign-out';
import { done, failed } from '@/lib/forms/form-state';
import { recordId } from '@/lib/forms/text-input';
import { ownKeyMessages as messages } from '@/lib/keys/own/own-key-messages';
import { regenerateOwnKey, regenerateOwnKeyInput } from '@/lib/keys/own/regenerate-own-key';
import { switchOffOwnKey } from '@/lib/keys/own/switch-off-own-key';
import type { IssuedSecret } from '../(desk)/keys/issued-secret';
import { regeneratedText } from './me-labels';

export const signOutOfMyKeysAction = ownerAction(z.strictObject({}), async (owner) => {
  await signOut(owner);
  redirect('/login');
});

/** Repeating it leads to the same page, which says what is. */
export const switchOffOwnKeyAction = ownerAction(
  z.strictObject({ id: recordId }),
  async (owner, { id }) => {
    const result = await switchOffOwnKey(owner, id);
    if (result.outcome === 'gone') return failed(messages.gone);
    if (result.outcome === 'needs-admin') return failed(messages.needsAdmin);
    if (result.outcome === 'waiting') return failed(messages.waiting);
    revalidatePath('/me');
    redirect(`/me/${id}`);
  },
);

export const regenerateOwnKeyAction = ownerAction(regenerateOwnKeyInput, async (owner, input) => {
  const result = await regenerateOwnKey(owner, input);
  if (result.outcome !== 'regenerated') return failed(refusals[result.outcome]);
  revalidatePath('/me');
  const { username, secret, revealable, oldStopsAt } = result;
  return done<IssuedSecret>({
    ...{ keyId: input.id, username, secret, revealable },
    message: regeneratedText(oldStopsAt),
  });
});

const refusals = {
  gone: messages.gone,
  'needs-admin': messages.needsAdmin,
  'not-allowed': messages.notAllowed,
  'not-active': messages.notActive,
  'changed-meanwhile': messages.changedMeanwhile,
} as const;
