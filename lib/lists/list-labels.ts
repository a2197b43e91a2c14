import type { Counted } from './page';

/** In characters. */
export const longestSearch = 100;
export const searchTooLong = `Search for at most ${longestSearch} characters.`;

/** Texts shorter than this are found within a name by no index. */
export const shortestWithin = 3;

/** What stands in place of the number where names were searched for their beginning only. */
export function beginningOnly(texts: string[]): string {
  const quoted = texts.map((text) => `"${text}"`).join(' and ');
  return `Showing names that start with ${quoted}. Type ${shortestWithin} letters to search anywhere.`;
}

/** How many were found: the number, and `one` or `many` of them. */
export function countedText(
  { total, isExact }: Counted,
  [one, many]: readonly [one: string, many: string],
): string {
  if (total === 0) return 'No matches';
  const number = total.toLocaleString('en');
  return `${isExact ? number : `More than ${number}`} ${total === 1 ? one : many}`;
}
