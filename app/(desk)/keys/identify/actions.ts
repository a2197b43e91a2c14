'use server';

import { z } from 'zod';
import { guardedAction } from '@/lib/auth/guarded-action';
import { tooManyAttempts } from '@/lib/auth/too-many-attempts';
import { done, invalid } from '@/lib/forms/form-state';
import { type IdentifiedKey, identifyKey } from '@/lib/keys/identify-key';

const identifyInput = z.strictObject({
  secret: z
    .string('Paste a whole key.')
    .transform((text) => text.trim())
    .refine((text) => text !== '', 'Paste a whole key.')
    .refine((text) => text.length <= 500, 'This is too long to be a key.'),
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
        return invalid(
          { secret: 'This key is mistyped or incomplete: its checksum is wrong.' },
          {},
        );
      case 'wait':
        return invalid({ secret: tooManyAttempts(result.seconds) }, {});
      case 'unknown':
        return invalid({ secret: 'No key with this secret was ever known here.' }, {});
    }
  },
);
