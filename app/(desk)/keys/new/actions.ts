'use server';

import { guardedAction } from '@/lib/auth/guarded-action';
import { createKeyInput } from '@/lib/keys/key-input';
import { policyValues } from '@/lib/keys/policy/policy-values';
import { saveKey } from './save-key';

export const createKeyAction = guardedAction('operator', createKeyInput, (administrator, input) =>
  saveKey(administrator, input, {
    user: input.user,
    name: input.name,
    active: input.active ? 'yes' : 'no',
    revealable: input.revealable ? 'yes' : '',
    delivery: input.delivery,
    linkTerm: input.linkTerm,
    linkProof: input.linkProof,
    linkMail: input.linkMail ? 'yes' : '',
    ...policyValues(input),
  }),
);
