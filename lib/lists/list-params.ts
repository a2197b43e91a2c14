import { z } from 'zod';
import { characters } from '@/lib/forms/text-input';
import { holdsWholeKey, tookKey } from '@/lib/forms/whole-key';
import { beginningOnly, countedText, longestSearch, shortestWithin } from './list-labels';
import type { Counted } from './page';

export const pageSize = 25;

/** The raw query of a page, as Next hands it over: a repeated parameter is a list. */
export type RawParams = Record<string, string | string[] | undefined>;

/** A parameter given several times counts as given first. */
const first = (value: unknown) => (Array.isArray(value) ? value[0] : value);

/**
 * A search text: trimmed; NUL, which PostgreSQL cannot hold, becomes the replacement character. One
 * that is too long is kept, for the field to show beside its message.
 */
export const searchParam = z.preprocess(
  first,
  z
    .string()
    .catch('')
    // A whole key is never searched for, nor repeated: `proxy.ts` takes it out of the address.
    .transform((text) => (holdsWholeKey(text) ? '' : text))
    .transform((text) => text.trim().replaceAll('\0', '\ufffd').slice(0, 2_000)),
);

export const isSearchTooLong = (text: string) => characters(text) > longestSearch;

/** Page numbers beyond the end are pulled back by the query, which alone knows the end. */
export const pageParam = z.preprocess(
  first,
  z.coerce.number().int().min(1).max(1_000_000).catch(1),
);

/** A place in a list, opaque here: `parseCursor` knows which make sense. */
export const cursorParam = z.preprocess(first, z.string().max(1_000).catch(''));

/** Whether the rows are to be counted, however long that takes. */
export const countParam = z.preprocess(first, z.literal('exact').optional().catch(undefined));

export const isShort = (text: string) => text !== '' && characters(text) < shortestWithin;

/** One of a few words; anything else counts as not given. */
export function choiceParam<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.preprocess(first, z.enum(words).optional().catch(undefined));
}

/** Whether a whole key was taken out of this address: see `proxy.ts`. */
export const tookKeyParam = choiceParam([tookKey]);

export const idParam = z.preprocess(first, z.uuid().optional().catch(undefined));

/** What was found, and the texts that were searched for at the beginning of names only. */
type Found = { counted: Promise<Counted>; beginnings?: string[] };

/** What a search found, in one line: in place of the number, how it looked where that is not plain. */
export async function foundText(
  found: Found | null,
  nouns: readonly [one: string, many: string],
): Promise<string> {
  if (!found) return '';
  if (found.beginnings?.length) return beginningOnly(found.beginnings);
  return countedText(await found.counted, nouns);
}
