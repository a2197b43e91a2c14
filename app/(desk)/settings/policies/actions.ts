'use server';

import { revalidatePath } from 'next/cache';
import { guardedAction } from '@/lib/auth/guarded-action';
import { done } from '@/lib/forms/form-state';
import { setKeyPolicy } from '@/lib/keys/policy/key-policy';
import { keyPolicyInput } from '@/lib/keys/policy/key-policy-input';
import { settingsLabels } from '../settings-labels';

export const setKeyPolicyAction = guardedAction(
  'admin',
  keyPolicyInput,
  async (administrator, input) => {
    await setKeyPolicy(administrator, input);
    revalidatePath('/settings/policies');
    return done(settingsLabels.saved);
  },
  { reauthentication: true },
);
