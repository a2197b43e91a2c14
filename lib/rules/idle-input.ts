import { z } from 'zod';
import { recordId } from '@/lib/forms/text-input';

export const leastIdleDays = 30;
export const mostIdleDays = 365;

const problem = `Enter a whole number from ${leastIdleDays} to ${mostIdleDays}.`;

export const idleDays = z
  .string(problem)
  .trim()
  .regex(/^\d{1,3}$/, problem)
  .transform(Number)
  .refine((days) => days >= leastIdleDays && days <= mostIdleDays, problem);

export const turnOnIdleRuleInput = z.strictObject({ idleDays });

export const turnOffIdleRuleInput = z.strictObject({});

/** The number is what the administrator was shown. */
export const allowIdleRunInput = z.strictObject({
  id: recordId,
  keys: z.coerce.number().int().min(1).max(100_000_000),
});
export type AllowIdleRunInput = z.output<typeof allowIdleRunInput>;
