import { z } from 'zod';

/** The standing lists of the overview. Client-safe. */
export const keyListNames = ['never-used', 'unused', 'expiring', 'violating', 'ownerless'] as const;
export type KeyListName = (typeof keyListNames)[number];

/** Rows of a list that the overview shows; what it offers to do is done to all. */
export const mostListed = 10;

export const startListBulkInput = z.strictObject({
  list: z.enum(keyListNames),
  verb: z.enum(['deactivate', 'delete']),
});
