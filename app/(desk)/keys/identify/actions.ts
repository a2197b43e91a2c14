'use server';

import { z } from 'zod';
import { guardedAction } from '@/lib/auth/guarded-action';
import { tooManyAttempts } from '@/lib/auth/too-many-attempts';
import { done, invalid } from '@/lib/forms/form-state';
import { type IdentifiedKey, identifyKey } from '@/lib/keys/identify-key';
import { identifyMessages } from './identify-messages';

const identifyInput = z.strictObject({
  secret: z
    .string(identifyMessages.missing)
    .transform((text) => text.trim())
    .refine((text) => text !== '', identifyMessages.missing)
    .refine((text) => text.length <= 500, identifyMessages.tooLong),
});

export type Identified = { current: boolean; key: IdentifiedKey };

/** What was pasted comes back in no answer, whatever it was. */
export const identifyKeyAction = guardedAction(
  'viewer',
  identifyInput,
  async (administrator, { secret }) => {
    const result = await identifyKey(administrator, secret);
    switch (result.outcome) {
      case 'found':
        return done<Identified>({ current: result.current, key: result.key });
      case 'mistyped':
        return invalid({ secret: identifyMessages.mistyped }, {});
      case 'wait':
        return invalid({ secret: tooManyAttempts(result.seconds) }, {});
      case 'unknown':
        return invalid({ secret: identifyMessages.unknown }, {});
    }
  },
);
