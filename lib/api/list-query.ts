import { z } from 'zod';
import { longestSearch } from '@/lib/lists/list-labels';
import type { Page } from '@/lib/lists/page';

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

/** The body of one page, and the link to the next (RFC 8288). */
export async function pageOf<Row, Item>(
  page: Page<Row>,
  { item, url, count }: { item: (row: Row) => Item; url: URL; count: boolean },
) {
  const next = new URL(url);
  if (page.after) next.searchParams.set('cursor', page.after);
  return {
    body: {
      items: page.rows.map(item),
      nextCursor: page.after,
      ...(count && { total: (await page.counted).total }),
    },
    headers: (page.after ? { Link: `<${next.href}>; rel="next"` } : {}) as Record<string, string>,
  };
}
