'use server';

import { guardedAction } from '@/lib/auth/guarded-action';
import { done, failed } from '@/lib/forms/form-state';
import { revealKeyInput } from '@/lib/keys/key-input';
import { type RevealKeyResult, revealKey, revealsPerHour } from '@/lib/keys/reveal-key';

const refusals: Record<Exclude<RevealKeyResult['outcome'], 'revealed'>, string> = {
  'not-revealable': 'This key has been deleted or can no longer be revealed. Nothing was shown.',
  'too-many': `You have revealed ${revealsPerHour} secrets within an hour. Nothing was shown; try again later.`,
  repeated:
    'This form was sent before, and the secret was shown then. Open this page anew to reveal it again.',
  'not-recorded':
    'The reveal could not be written to the audit, so nothing was shown. Try again later.',
  'key-missing':
    'KEY_ENCRYPTION_KEY lacks the version that this secret was sealed with. Nothing can be shown.',
  damaged: 'What is stored of this secret is damaged or belongs elsewhere. Nothing can be shown.',
};

export const revealKeyAction = guardedAction(
  'admin',
  revealKeyInput,
  async (administrator, input) => {
    const result = await revealKey(administrator, input);
    if (result.outcome === 'revealed') return done({ secret: result.secret });
    return failed(refusals[result.outcome], { reason: input.reason });
  },
);
