'use server';

import { revalidatePath } from 'next/cache';
import { guardedAction } from '@/lib/auth/guarded-action';
import { invalid } from '@/lib/forms/form-state';
import { policyValues } from '@/lib/keys/policy/policy-values';
import { serviceScopes } from '@/lib/keys/scope';
import { saveKey } from '../../keys/new/save-key';
import { serviceKeyInput } from './service-key-input';
import { serviceKeysLabels } from './service-keys-labels';

/** Makes a key with rights of Keydesk's own. */
export const addServiceKeyAction = guardedAction(
  'admin',
  serviceKeyInput,
  async (administrator, input) => {
    const { requestId, user, name, expires, lifetime, addUser, afterAdding, lookalike } = input;
    const scopes = serviceScopes.filter((scope) => input[scope]);
    const { expires: typedExpires, lifetime: typedLifetime } = policyValues({ expires, lifetime });
    const ticks = serviceScopes.map((scope) => [scope, input[scope] ? 'yes' : '']);
    const values = {
      ...{ user, name, expires: typedExpires, lifetime: typedLifetime },
      ...Object.fromEntries(ticks),
    };
    if (scopes.length === 0) {
      return invalid({ [serviceScopes[0]]: serviceKeysLabels.chooseRight }, values);
    }
    const key = {
      ...{ requestId, user, name, expires, lifetime, scopes },
      ...{ active: true, revealable: false, allowedAddresses: [], metadata: null },
      ...{ rateLimit: null, rateWindow: 60 },
      ...({ delivery: 'show', linkTerm: '24h', linkProof: 'none', linkMail: false } as const),
    };
    const saved = await saveKey(
      administrator,
      { ...key, addUser, afterAdding, lookalike, after: 'close' },
      values,
    );
    revalidatePath('/settings/service-keys');
    return saved;
  },
  { reauthentication: true },
);
