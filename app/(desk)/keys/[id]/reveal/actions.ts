'use server';

import { guardedAction } from '@/lib/auth/guarded-action';
import { done, failed } from '@/lib/forms/form-state';
import { revealKeyInput } from '@/lib/keys/key-input';
import { type RevealKeyResult, revealKey, revealsPerHour } from '@/lib/keys/reveal-key';
import { revealRefusals } from './reveal-messages';

function refusal(outcome: Exclude<RevealKeyResult['outcome'], 'revealed'>): string {
  return outcome === 'too-many' ? revealRefusals[outcome](revealsPerHour) : revealRefusals[outcome];
}

export const revealKeyAction = guardedAction(
  'admin',
  revealKeyInput,
  async (administrator, input) => {
    const result = await revealKey(administrator, input);
    if (result.outcome === 'revealed') return done({ secret: result.secret });
    return failed(refusal(result.outcome), { reason: input.reason });
  },
);
