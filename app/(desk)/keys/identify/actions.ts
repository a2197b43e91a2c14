'use server';

import { z } from 'zod';
import { hasRole } from '@/lib/access/administrator';
import { guardedAction } from '@/lib/auth/guarded-action';
import { tooManyAttempts } from '@/lib/auth/too-many-attempts';
import { done, invalid } from '@/lib/forms/form-state';
import type { Identified } from '@/lib/keys/identified-key';
import { identifyKey } from '@/lib/keys/identify-key';
import { mostLines } from '@/lib/keys/identify-limits';
import { type IdentifiedLine, identifyLines, linesOf } from '@/lib/keys/identify-lines';
import { identifyMessages } from './identify-messages';

/** Characters of one key, and of all lines. */
const longestKey = 500;
const longestText = 300_000;

const identifyInput = z.strictObject({
  secret: z
    .string(identifyMessages.missing)
    .refine((text) => text.trim() !== '', identifyMessages.missing)
    .refine((text) => text.length <= longestText, identifyMessages.tooMany(mostLines)),
});

/** One key, or what each of several lines is. */
export type IdentifyAnswer = Identified | { lines: IdentifiedLine[] };

const refuse = (message: string) => invalid({ secret: message }, {});

/** What was pasted comes back in no answer, whatever it was. */
export const identifyKeyAction = guardedAction(
  'viewer',
  identifyInput,
  async (administrator, { secret: text }) => {
    const [first, ...more] = linesOf(text);
    if (more.length > 0) {
      if (!hasRole(administrator, 'operator')) return refuse(identifyMessages.oneOnly);
      const result = await identifyLines(administrator, text);
      if (result.outcome === 'too-many') return refuse(identifyMessages.tooMany(mostLines));
      if (result.outcome === 'wait') return refuse(tooManyAttempts(result.seconds));
      return done<IdentifyAnswer>({ lines: result.lines });
    }
    const secret = first?.secret ?? '';
    if (secret.length > longestKey) return refuse(identifyMessages.tooLong);
    const result = await identifyKey(administrator, secret);
    switch (result.outcome) {
      case 'found': {
        const { current, standing, key } = result;
        return done<IdentifyAnswer>({ current, standing, key });
      }
      case 'mistyped':
        return refuse(identifyMessages.mistyped);
      case 'wait':
        return refuse(tooManyAttempts(result.seconds));
      case 'unknown':
        return refuse(identifyMessages.unknown);
    }
  },
);
