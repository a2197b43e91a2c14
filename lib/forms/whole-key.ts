/** A prefix and 43 digits of base62. The checksum may be missing. Client-safe. */
const shape = '[a-z0-9]{2,12}_[0-9A-Za-z]{43}';
/**
 * Random bytes in base64url, such as cursors and OAuth codes, may contain this shape by chance, but rarely at
 * a word boundary.
 */
const wholeKey = new RegExp(`(?<![\\w-])${shape}[0-9A-Za-z]*`);
const joinedKey = new RegExp(`${shape}[0-9A-Za-z]*`);
const onlyKey = new RegExp(`^${shape}[0-9A-Za-z]*$`);

/** For the attribute `pattern`, so that browsers refuse such a field without JavaScript too. */
export const noWholeKey = `(?!.*${shape}).*`;

export const wholeKeySentence = 'This looks like a whole key.';

/** Replaces a whole key that was in the address of a page. */
export const tookKey = 'taken-out';

/** What a paste may put between the letters: blanks and invisible characters. */
const between = /[\s\p{Cf}]+/gu;
/** Random digits have many letters of either case and a digit. Words of a sentence do not. */
const isMixed = (text: string) =>
  /[0-9]/.test(text) && /(?:[A-Z].*){6}/.test(text) && /(?:[a-z].*){6}/.test(text);

/**
 * The whole key in a text, as it would be looked up; null if there is none. No address may contain a key,
 * because browsers, proxies and logs keep addresses.
 */
export function findWholeKey(text: string): string | null {
  const joined = text.replace(between, '');
  const [whole] = wholeKey.exec(text) ?? [];
  if (whole) return onlyKey.test(joined) ? joined : whole;
  if (joined === text) return null;
  const [found] = joinedKey.exec(joined) ?? [];
  return found && isMixed(found.slice(found.indexOf('_')).slice(0, 50)) ? found : null;
}

export const holdsWholeKey = (text: string) => findWholeKey(text) !== null;

/** The same path without parameters whose name or value holds a whole key. */
export function withoutWholeKeys(path: string): string {
  const url = new URL(path, 'http://path');
  const all = [...url.searchParams];
  const kept = all.filter((pair) => !pair.some(holdsWholeKey));
  // Unchanged if there is nothing to remove.
  if (kept.length === all.length) return path;
  const query = new URLSearchParams(kept).toString();
  return query ? `${url.pathname}?${query}` : url.pathname;
}
