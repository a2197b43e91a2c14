import { z } from 'zod';
import { recordId, ticked } from '@/lib/forms/text-input';
import { keyFilterFields } from '../key-input';

/** Most keys of one bulk change. */
export const mostKeys = 10_000;
/** Keys changed in one transaction. Few enough that others wait only briefly for its audit events. */
export const stepSize = 500;

export const bulkVerbs = ['activate', 'deactivate', 'delete'] as const;
export type BulkVerb = (typeof bulkVerbs)[number];

/** Ticked rows arrive under one name: none, one text, or a list. */
const tickedKeys = z.preprocess(
  (value) => (value === undefined ? [] : [value].flat()),
  z.array(recordId).max(mostKeys),
);

export const startBulkInput = z.strictObject({
  verb: z.enum(bulkVerbs, 'Choose what to do.'),
  key: tickedKeys,
  /** Every key that the filter of the report finds, on any page. */
  all: ticked,
  ...keyFilterFields,
});
export type StartBulkInput = z.output<typeof startBulkInput>;

export const stepBulkInput = z.strictObject({
  id: recordId,
  /** The number of keys, typed before keys in use are deleted. Each step passes it to the next. */
  number: z.string().max(100).default(''),
  /** The list to go back to in the end. */
  back: z.string().max(2_000).default(''),
});
