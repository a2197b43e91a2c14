import { z } from 'zod';
import { ticked } from '@/lib/forms/text-input';
import { mostNoticeDays, noticeDayChoices, onLeakChoices, rateWindows } from './policy-choices';

/** A whole number up to `most`; empty for no rule. */
const limit = (most: number) =>
  z
    .string()
    .default('')
    .transform((text, context): number | null => {
      if (text.trim() === '') return null;
      const value = /^\d{1,7}$/.test(text.trim()) ? Number(text) : 0;
      if (value >= 1 && value <= most) return value;
      const message = `Enter a whole number from 1 to ${most.toLocaleString('en')}, or leave it empty.`;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    });

/** Ticked days arrive under one name: none, one text, or a list. */
const noticeDays = z.preprocess(
  (value) => (value === undefined ? [] : [value].flat()),
  z
    .array(z.enum(noticeDayChoices))
    .max(noticeDayChoices.length)
    .transform((days) => noticeDayChoices.filter((day) => days.includes(day)).map(Number))
    .refine(
      (days) => days.filter((day) => day > 0).length <= mostNoticeDays,
      `Choose at most ${mostNoticeDays}, and the day itself.`,
    ),
);

export const keyPolicyInput = z
  .strictObject({
    expiryRequired: ticked,
    longestLifetime: limit(3_650),
    mostKeysPerUser: limit(1_000_000),
    defaultLifetime: limit(3_650),
    defaultRateLimit: limit(1_000_000),
    defaultRateWindow: z.enum(rateWindows).default('60').transform(Number),
    onLeak: z.enum(onLeakChoices).default('switch-off'),
    responsibleRequired: ticked,
    noticeDays,
    tellOwners: ticked,
  })
  .refine(
    ({ defaultLifetime, longestLifetime }) =>
      defaultLifetime === null || longestLifetime === null || defaultLifetime <= longestLifetime,
    { path: ['defaultLifetime'], error: 'Enter no more than the maximum lifetime.' },
  );
export type KeyPolicyInput = z.output<typeof keyPolicyInput>;
