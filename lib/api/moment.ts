import { z } from 'zod';

/** RFC 3339, in any zone. PostgreSQL stores moments of these years. */
export const moment = z.iso
  .datetime({ offset: true, error: 'Send a time of RFC 3339, such as 2027-01-31T12:00:00Z.' })
  .transform((text) => new Date(text));

/** RFC 3339 in UTC, as answers have it. */
export const momentText = z.iso.datetime({ offset: true });

export const asText = (date: Date | null): string | null => date?.toISOString() ?? null;
