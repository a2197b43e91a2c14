import { z } from 'zod';

const day = z.iso.date();

/**
 * Whether a text such as `2028-02-29` is a day of the calendar. `Date` cannot tell, because it reads the 30th
 * of February as the 1st or 2nd of March.
 */
export const isCalendarDay = (text: string): boolean => day.safeParse(text).success;
