import { z } from 'zod';
import type { KeyFilter, KeyListParams } from '@/lib/keys/key-input';

/** What somebody should look at. Client-safe. */
export const keyListNames = [
  'expiring',
  'uncollected',
  'ownerless',
  'unused',
  'never-used',
  'violating',
] as const;
export type KeyListName = (typeof keyListNames)[number];

/** How the report finds the same keys. */
export const keyListFilters: Record<
  KeyListName,
  Partial<Pick<KeyFilter, 'status' | 'list'>> & Pick<KeyListParams, 'sort'>
> = {
  expiring: { status: 'expiring', sort: 'expires' },
  uncollected: { list: 'uncollected', sort: '-created' },
  ownerless: { list: 'ownerless', sort: 'username' },
  unused: { list: 'unused', sort: 'used' },
  'never-used': { list: 'never-used', sort: 'created' },
  violating: { list: 'violating', sort: 'created' },
};

/** Rows of a list that the overview shows; what it offers to do is done to all. */
export const mostListed = 5;

export const startListBulkInput = z.strictObject({
  list: z.enum(keyListNames),
  verb: z.enum(['deactivate', 'delete']),
});
