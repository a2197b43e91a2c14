'use server';

import { revalidatePath } from 'next/cache';
import { guardedAction } from '@/lib/auth/guarded-action';
import { done } from '@/lib/forms/form-state';
import { setKeyPolicy } from '@/lib/keys/policy/key-policy';
import { keyPolicyInput } from '@/lib/keys/policy/key-policy-input';
import { ownKeyRuleInput, setOwnKeyRule } from '@/lib/keys/policy/own-key-rule';
import { settingsLabels } from '../settings-labels';

/** The policy of one's own keys, apart from the rules for keys. */
export const setOwnKeyRuleAction = guardedAction(
  'admin',
  ownKeyRuleInput,
  async (administrator, input) => {
    await setOwnKeyRule(administrator, input);
    revalidatePath('/settings/policies');
    return done(settingsLabels.saved);
  },
  { reauthentication: true },
);

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
