import { z } from 'zod';
import { isCalendarDay } from '@/lib/forms/calendar-day';

const problem = 'Choose a date from tomorrow to in ten years.';

/** A day in UTC after today, on which keys may end at the earliest. */
export const graceDay = z
  .string(problem)
  .trim()
  .refine((text) => isCalendarDay(text) && isAhead(text), problem);

function isAhead(day: string): boolean {
  const ahead = Date.parse(day) - Date.now();
  return ahead > 0 && ahead < 3_650 * 86_400_000;
}

/** The number is what the administrator was shown. */
export const shortenLifetimesInput = z.strictObject({
  until: graceDay,
  days: z.coerce.number().int().min(1).max(3_650),
  keys: z.coerce.number().int().min(1).max(100_000_000),
});
export type ShortenLifetimesInput = z.output<typeof shortenLifetimesInput>;
