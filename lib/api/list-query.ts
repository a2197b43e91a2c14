import { z } from 'zod';
import { longestSearch } from '@/lib/lists/list-labels';

export const limitParam = z.coerce
  .number('Send a whole number from 1 to 200.')
  .int('Send a whole number from 1 to 200.')
  .min(1, 'Send a whole number from 1 to 200.')
  .max(200, 'Send a whole number from 1 to 200.')
  .default(50)
  .describe('How many items to answer with.');

export const cursorParam = z
  .string()
  .max(1_000, 'Send the cursor of the answer before.')
  .default('')
  .describe('Where to go on: `nextCursor` of the answer before.');

export const countParam = z
  .enum(['true', 'false'], 'Send true or false.')
  .default('false')
  .transform((text) => text === 'true')
  .describe('Whether to count all items.');

export const searchText = z
  .string()
  .trim()
  .max(longestSearch, `Use at most ${longestSearch} characters.`)
  .refine((text) => !text.includes('\0'), 'Use printable characters only.');

/** A list as the API shows it. */
export const listDocument = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    nextCursor: z.string().nullable().describe('Null on the last page.'),
    total: z.int().optional().describe('Only with `count=true`.'),
  });
