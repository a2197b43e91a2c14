import type { z } from 'zod';
import { UsageError } from '../../sentence';

/** The options as this schema reads them. The message about a wrong one names it and not its value. */
export function readOptions<Schema extends z.ZodType>(schema: Schema, given: object) {
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  const messages = read.error.issues.map(
    ({ path, message }) => `--${String(path[0] ?? 'options')}: ${message}`,
  );
  throw new UsageError([...new Set(messages)].join('\n'));
}

/** Words separated by blanks or commas. */
export const words = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);
