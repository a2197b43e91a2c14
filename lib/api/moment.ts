import { z } from 'zod';

/** PostgreSQL has no year 0, and its driver writes none with five digits as PostgreSQL reads it. */
const [first, last] = [Date.parse('0001-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59.999Z')];

/** RFC 3339, in any zone. */
export const moment = z.iso
  .datetime({ offset: true, error: 'Send a time of RFC 3339, such as 2027-01-31T12:00:00Z.' })
  .refine((text) => Date.parse(text) >= first && Date.parse(text) <= last, {
    message: 'Send a time of the years 1 to 9999 in UTC.',
  })
  .transform((text) => new Date(text));

/** RFC 3339 in UTC, as answers have it. */
export const momentText = z.iso.datetime({ offset: true });

export const asText = (date: Date | null): string | null => date?.toISOString() ?? null;
