import { z } from 'zod';
import { characters } from '@/lib/forms/text-input';
import { holdsWholeKey, tookKey } from '@/lib/forms/whole-key';
import { beginningOnly, countedText, longestSearch, shortestWithin } from './list-labels';
import type { Counted } from './page';

export const pageSize = 25;

/** The raw query of a page as Next passes it. A repeated parameter is a list. */
export type RawParams = Record<string, string | string[] | undefined>;

/** Takes the first value of a repeated parameter. */
const first = (value: unknown) => (Array.isArray(value) ? value[0] : value);

/**
 * A search text, trimmed. NUL becomes the replacement character, because PostgreSQL cannot store it. A text
 * that is too long is kept, so that the field shows it beside its message.
 */
export const searchParam = z.preprocess(
  first,
  z
    .string()
    .catch('')
    // A whole key is never searched for or repeated. `proxy.ts` removes it from the address.
    .transform((text) => (holdsWholeKey(text) ? '' : text))
    .transform((text) => text.trim().replaceAll('\0', '\ufffd').slice(0, 2_000)),
);

export const isSearchTooLong = (text: string) => characters(text) > longestSearch;

/** The query corrects page numbers beyond the end, because only it knows the end. */
export const pageParam = z.preprocess(
  first,
  z.coerce.number().int().min(1).max(1_000_000).catch(1),
);

/** A cursor, not checked here. `parseCursor` checks it. */
export const cursorParam = z.preprocess(first, z.string().max(1_000).catch(''));

/** Whether to count all rows, however long that takes. */
export const countParam = z.preprocess(first, z.literal('exact').optional().catch(undefined));

export const isShort = (text: string) => text !== '' && characters(text) < shortestWithin;

/** One of a few words. Anything else counts as not given. */
export function choiceParam<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.preprocess(first, z.enum(words).optional().catch(undefined));
}

/** Whether a whole key was removed from this address. See `proxy.ts`. */
export const tookKeyParam = choiceParam([tookKey]);

export const idParam = z.preprocess(first, z.uuid().optional().catch(undefined));

/** What was found, and the texts that were searched for at the beginning of names only. */
type Found = { counted: Promise<Counted>; beginnings?: string[] };

/**
 * The result of a search in one line: the number of rows, or that only the beginnings of names were searched.
 */
export async function foundText(
  found: Found | null,
  nouns: readonly [one: string, many: string],
): Promise<string> {
  if (!found) return '';
  if (found.beginnings?.length) return beginningOnly(found.beginnings);
  return countedText(await found.counted, nouns);
}
